import DragomanSystem
import DragomanFormats
import DragomanText
import DragomanTraining

/// Options that several commands have in common.
enum SharedOptions {
  /// Which model.
  static let model = OptionDefinition.option(
    "model", "MODEL", default: "the best model of the newest run in runs/",
    "The model to use: a file, or the folder of a run.")

  /// Which configuration, for those who write it so.
  static let config = OptionDefinition.option(
    "config", "CONFIG", "The configuration, in place of the operand.")

  /// Which configuration.
  static let configuration = OperandDefinition(
    name: "CONFIG", count: 1...1, sameAs: config,
    help: "The configuration of the run: a JSON file, or the folder of a run for its config.json.")

  /// The file of the configuration that is named; empty if none is.
  static func configurationPath(_ arguments: ParsedArguments) -> String {
    let path = arguments.operands.first ?? ""
    let own = RunFolder(path: path).configuration
    return Files.isDirectory(path) && Files.exists(own) ? own : path
  }

  /// Keys of a configuration that the command line overrides.
  static let set = OptionDefinition.option(
    "set", "KEY=VALUE", isRepeated: true, kind: .assignment(.all),
    "Override one key of the configuration. VALUE is JSON or a bare text.")

  /// How many threads.
  static let threads = OptionDefinition.option(
    "threads", "N", default: "all cores",
    "Threads that compute; the result does not depend on it.")

  /// What a corpus is whose name does not tell.
  static let format = OptionDefinition.option(
    "format", "FORMAT", default: "what the names of the files tell, else tsv",
    kind: .choice(CorpusFormat.texts.map(\.rawValue)),
    "What the files with both sides are, and standard input (\"-\"): "
      + CorpusFormat.texts.map(\.rawValue).joined(separator: ", ") + ".")

  /// The file at a path, of the format that is asked for or that its name tells.
  static func corpus(
    _ path: String, _ arguments: ParsedArguments
  ) throws(UsageError) -> CorpusFile {
    guard let name = arguments.text(format) else { return CorpusFile(path: path) }
    return CorpusFile(path: path, format: try arguments.choice(name, of: format))
  }

  /// Standard input that has to be text to the last byte.
  static let strict = OptionDefinition.flag(
    "strict",
    "Refuse standard input with a line that is not valid UTF-8 or has a lone carriage return; otherwise it is "
      + "repaired, and told.")

  /// Output for programs.
  static let json = OptionDefinition.flag("json", "Print JSON, an object per line.")

  /// Results and errors only.
  static let quiet = OptionDefinition.flag(
    "quiet", "Say nothing besides results and errors: no word of unknown words, for instance.")

  /// The model file that is named, or the newest run's, which is then announced.
  static func model(_ arguments: ParsedArguments, _ console: Console?) throws -> String {
    if let path = arguments.text(model) { return try ModelPath.file(of: path, console) }
    let path = try NewestModel.path()
    if !arguments.has(quiet) { console?.message("model: \(path)") }
    return path
  }

  /// The number of threads, if it is given or processes that were started together have to share processors.
  static func threads(_ arguments: ParsedArguments) throws -> Int? {
    try arguments.integer(threads, atLeast: 1, atMost: 1024) ?? Job.threads()
  }
}

/// Finds the model that somebody means who names none.
enum NewestModel {
  /// The best model of the run in `root` that was written last.
  static func path(root: String = "runs") throws -> String {
    let names = Files.exists(root) ? try Files.list(root) : []
    let models = names.map { RunFolder(name: $0, in: root).best }
      .filter { Files.exists($0) }
      .map { (path: $0, time: Files.modificationTime($0) ?? 0) }
    guard let newest = models.max(by: { ($0.time, $0.path) < ($1.time, $1.path) }) else {
      throw NoModel(root: root)
    }
    return newest.path
  }
}

/// There is no model to be found.
struct NoModel: Error, CustomStringConvertible {
  /// Where one was looked for.
  let root: String
  /// What to do.
  var description: String {
    """
    no model is named by --model, and there is none in \(root)/. Train one first: \
    dragoman train --config configs/phrasebook.json
    """
  }
}
