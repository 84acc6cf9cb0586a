import DragomanFormats

/// Why a run cannot begin or go on.
package enum TrainingError: Error, Equatable {
  /// A loss or gradient is not a finite number any more.
  case diverged(Divergence)
  /// A corpus has no pair that can be used.
  case noPairs(role: String, read: Int, skipped: Int, files: [String] = [])
  /// The learning rate would rise until the end of the training.
  case endlessWarmup(warmup: Int, updates: Int)
  /// The longest sentence pair alone takes more memory than is allowed; in bytes.
  case outOfMemory(limit: Int, needed: Int)
  /// The weights and what is kept of each take more memory than the machine has; in bytes.
  case largerThanMemory(parameters: Int, needed: Int, installed: Int)
  /// The folder of the run has files of a run already.
  case runExists(folder: String, isResumable: Bool)
  /// A weight, or what is kept of one, is not finite any more; with the names of its tensors.
  case overflown(update: Int, tensors: [String], lastGood: Divergence.Good?)
  /// The best model in the folder is of another update than the run's best validation.
  case otherBest(path: String, expected: Int, found: Int)
  /// What a checkpoint states of its position does not agree with the rest of it, or with configuration or data.
  case wrongState(path: String, key: String, expected: String, found: String)
  /// A pair of `data.train` or `data.validation` is so long that attention over it takes more than a gigabyte; in
  /// tokens.
  case longPair(role: String, place: String, source: Int, target: Int)
  /// Another process trains in the folder of the run, or did so between the reading of its files and the training.
  case runIsBusy(folder: String)
  /// The folder of the run was removed while it was under way.
  case folderIsGone(folder: String)
  /// There is nothing to resume.
  case nothingToResume(path: String)
  /// The run was begun with another configuration.
  case otherConfiguration(path: String, keys: [String])
  /// The run was begun by version 0.1, which drew the masks of dropout otherwise.
  case otherMasks(path: String)
  /// The run was begun with other sentence pairs.
  case otherData(path: String)
  /// A file of features is another than it was when training began.
  case changedFeatures(path: String)
  /// The file is a model without the state of its training.
  case notResumable(path: String)
}

extension TrainingError: CustomStringConvertible {
  /// What is wrong, and what to do.
  package var description: String {
    switch self {
    case .diverged(let divergence):
      "\(divergence). Training cannot go on\(divergence.attempts.isEmpty ? "" : ": \(divergence.attempts)"). "
        + Self.advice(divergence.lastGood)
    case .overflown(let update, let tensors, let good):
      """
      update \(update): \(Words.list(tensors, limit: 3)) \(tensors.count == 1 ? "is" : "are") not finite any more; \
      training cannot go on, and nothing is saved of it. \(Self.advice(good))
      """
    case .otherBest(let path, let expected, let found):
      """
      \(path): expected the model of update \(expected), the run's best, found that of update \(found). Something else \
      has written there; give each run a folder of its own.
      """
    case .wrongState(let path, let key, let expected, let found):
      """
      \(path): the state of the training does not agree with itself, its configuration or its data: expected \(key) to \
      be \(expected), found \(found). Resume from a copy of the file, or begin again: --from \
      \(ShellWord.quoted(path)) --set name=NAME.
      """
    case .longPair(let role, let place, let source, let target):
      """
      \(place): a \(role == "train" ? "training" : role) pair of \(NumberText.grouped(source)) and \
      \(NumberText.grouped(target)) tokens, whose attention takes more than a gigabyte. Take it out of data.\(role), \
      or cut it into sentences\(role == "train" ? "; a lower data.maximumLength leaves it out" : "").
      """
    case .changedFeatures(let path):
      """
      \(path): expected as many rows and columns as when the file was first read, found others. Write files of \
      features before training begins, and leave them as they are; then go on with --resume.
      """
    case .noPairs(let role, let read, let skipped, let files):
      """
      data.\(role): no sentence pair can be used: \(read) read, \(skipped) skipped \
      \(files.isEmpty ? "because a side is empty, too long or no text" : "(\(files.joined(separator: "; ")))"). \
      Look at the files\(files.isEmpty ? ", at data.columns" : "") and at data.maximumLength.
      """
    case .endlessWarmup(let warmup, let updates):
      """
      training.schedule.warmup is \(warmup), but training ends after about \(Words.count(updates, "update")), before \
      the learning rate has risen. Set training.schedule.warmup to \(updates / 10), or \
      train for more epochs.
      """
    case .outOfMemory(let limit, let needed):
      """
      training.memory is \(limit / 1_000_000) MB, but the model with its longest sentence pair takes \
      \((needed + 999_999) / 1_000_000) MB. Allow more, or make the model, data.maximumLength or the \
      vocabulary smaller.
      """
    case .largerThanMemory(let parameters, let needed, let installed):
      """
      the model has \(NumberText.grouped(parameters)) parameters, whose training takes \
      \(NumberText.grouped(needed / 1_000_000)) MB, but the machine has \
      \(NumberText.grouped(installed / 1_000_000)). Make model.embedding, the hidden sizes, the number of layers or \
      tokenizer.vocabulary smaller.
      """
    case .runExists(let folder, let isResumable):
      """
      \(folder) already holds a run\(isResumable ? "" : " that was ended before its first checkpoint"). \
      \(isResumable ? "Go on with it by --resume, begin" : "Begin") again by --restart, or give this run another \
      name: --set name=NAME.
      """
    case .runIsBusy(let folder):
      """
      \(folder): another process is training this run, or has just done so. Wait for its end, or give this run \
      another name: --set name=NAME.
      """
    case .folderIsGone(let folder):
      "\(folder): the folder was removed while the run was under way, so that nothing can be saved any more."
    case .nothingToResume(let path):
      "\(path): there is no checkpoint to resume. Begin the run with --restart in the place of --resume."
    case .otherConfiguration(let path, let keys):
      """
      \(path): the run was begun with other values of \(keys.joined(separator: ", ")). Resume it with \
      the same configuration, or give this run another name: --set name=NAME.
      """
    case .otherMasks(let path):
      """
      \(path): the run was begun by Dragoman 0.1 with dropout, whose masks this version draws otherwise, so that it \
      cannot go on as it began. Begin a run with its model: --from \(ShellWord.quoted(path)) --set name=NAME; or go \
      on with Dragoman 0.1.
      """
    case .otherData(let path):
      """
      \(path): the run was begun with other sentence pairs than the files hold now. Bring the files \
      back, or give this run another name: --set name=NAME.
      """
    case .notResumable(let path):
      "\(path): this file holds a model but not the state of its training; only last.safetensors can be resumed."
    }
  }

  /// What to do about numbers that are not finite.
  private static func advice(_ good: Divergence.Good?) -> String {
    let lower = "a lower training.optimizer.learningRate or training.clipNorm"
    let policies = "training.onDivergence can pass over such batches or go back by itself."
    guard let good else { return "Begin again with \(lower). \(policies)" }
    let loss = NumberText.fixed(good.loss, decimals: 4)
    return """
      The last good checkpoint is \(good.path), of update \(good.update), with a validation loss of \(loss): go on \
      with --resume, or begin a run with that model (--from \(ShellWord.quoted(good.path)) --set name=NAME), and \
      \(lower). \(policies)
      """
  }
}
