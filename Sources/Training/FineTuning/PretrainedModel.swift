import DragomanModels
import DragomanSystem
package import DragomanFormats
import DragomanTensor
import DragomanText
import DragomanTranslation

/// A model that a run begins with instead of random weights: fine-tuning.
///
/// The new run has the model's architecture, tokenizers and vocabularies. Its configuration need not state
/// them; what it states has to be what the model has, but for dropout. The optimizer begins anew.
package struct PretrainedModel: Sendable {
  /// Where the model was read from.
  package let path: String
  /// Whether words and characters of the new training pairs that the model does not know are appended to
  /// its vocabularies.
  package let extendsVocabulary: Bool
  let file: ModelFile

  /// Reads the model.
  package init(path: String, extendingVocabulary: Bool = false) throws {
    self.path = path
    extendsVocabulary = extendingVocabulary
    file = try ModelFile(path: path)
    if extendsVocabulary, file.source.tokenizer.kind == .bpe || file.target.tokenizer.kind == .bpe {
      throw PretrainedModelError.nothingUnknown(path: path)
    }
  }

  /// The parts of a configuration that the model settles, as it would state them.
  private var settled: JSON {
    get throws {
      var tokenizer = TokenizerConfiguration()
      tokenizer.shared = file.source == file.target
      if let stated = file.configuration["tokenizer"] {
        tokenizer = try TokenizerConfiguration.read(
          stated, file: "\(path)[\(ModelFileKey.configuration)]")
      }
      let kinds = (file.source.tokenizer.kind, file.target.tokenizer.kind)
      tokenizer.kind = kinds.0
      if tokenizer.kinds.target != kinds.1 { tokenizer.targetKind = kinds.1 }
      tokenizer.lowercase = file.source.tokenizer.lowercase
      return ["tokenizer": tokenizer.json, "model": file.model.configuration.json]
    }
  }

  /// Reads the configuration file at `path` for a run that begins with the model.
  ///
  /// - Returns: the configuration, and the advice of its `preset`, which the model's parts take precedence over.
  /// - Throws: ``PretrainedModelError/otherConfiguration(path:model:differences:)`` if it states another
  ///   architecture or tokenizer; what goes wrong when a configuration is read.
  package func configuration(
    path: String, overrides: [ConfigurationOverride] = []
  ) throws -> (configuration: RunConfiguration, advice: ConfigurationAdvice?) {
    let settled = try settled
    let asked = overrides.last { $0.path == "task" }?.value.string
    let task = try asked ?? JSON.parse(Files.read(path), file: path)["task"]?.string
    if let task, task == ModelTask.classification.rawValue {
      throw PretrainedModelError.otherTask(path: path, task: task)
    }
    do {
      let read = try RunConfiguration.readAdvised(
        path: path, overrides: overrides, settled: settled)
      try require(read.configuration.json, fits: settled, path)
      return read
    } catch let error as ConfigurationError where error.problems.allSatisfy(\.isContradiction) {
      // Parts of one model beside parts of another break rules, which says less than that they are another's.
      let stated = try JSON.parse(Files.read(path), file: path)
      try require(RunConfiguration.renamed(stated), fits: settled, path)
      throw error
    }
  }

  /// Refuses a configuration that states something else than the model has.
  private func require(_ stated: JSON, fits settled: JSON, _ place: String) throws {
    var free = ["model.dropout", "tokenizer.dropout"]
    if extendsVocabulary { free += ["tokenizer.vocabulary", "tokenizer.minimumFrequency"] }
    let differences = stated.contradictions(to: settled).filter { difference in
      !free.contains { difference.key == $0 || difference.key.hasPrefix("\($0).") }
    }
    guard differences.isEmpty else {
      throw PretrainedModelError.otherConfiguration(
        path: place, model: path,
        differences: differences.map { "\($0.key) (\($0.stated) instead of \($0.settled))" })
    }
  }
}

// MARK: - Vocabularies

extension PretrainedModel {
  /// The model's tokenizers and vocabularies, with what is new in the training pairs appended if that is asked for.
  ///
  /// New entries come by frequency, those rarer than `tokenizer.minimumFrequency` left out, until the
  /// vocabulary has `tokenizer.vocabulary` entries.
  func codecs(
    _ configuration: RunConfiguration, _ text: ParallelCorpus
  ) throws -> (source: TextCodec, target: TextCodec) {
    guard extendsVocabulary else { return (file.source, file.target) }
    if configuration.tokenizer.shared {
      let both = try extended(
        file.source, by: [text.sources, text.targets].lazy.joined(), configuration.tokenizer)
      return (both, both)
    }
    return (
      try extended(file.source, by: text.sources, configuration.tokenizer),
      try extended(file.target, by: text.targets, configuration.tokenizer)
    )
  }

  private func extended(
    _ codec: TextCodec, by lines: some Sequence<String>, _ tokenizer: TokenizerConfiguration
  ) throws -> TextCodec {
    let found = TextCodec.trained(
      on: lines, kind: codec.tokenizer.kind, vocabularySize: .max,
      minimumFrequency: tokenizer.minimumFrequency, lowercase: codec.tokenizer.lowercase)
    let known = codec.vocabulary.tokens
    let new = found.vocabulary.tokens.filter {
      codec.vocabulary.id(of: $0) == codec.vocabulary.unknown && !Vocabulary.specials.contains($0)
    }
    let room = max(tokenizer.vocabulary - known.count, 0)
    let vocabulary = Vocabulary(known + new.prefix(room))
    guard vocabulary.tokens.starts(with: known) else {
      throw PretrainedModelError.otherSpecials(path: path)
    }
    return TextCodec(tokenizer: codec.tokenizer, vocabulary: vocabulary)
  }
}

// MARK: - Weights

extension PretrainedModel {
  /// Puts the model's weights into those of a model whose vocabularies begin with its own; rows of new
  /// entries stay as they are.
  func copyWeights(to weights: Parameters, _ layout: ParameterLayout) {
    for (new, old) in zip(layout.entries, file.model.layout.entries) {
      let target = weights[new.handle].rows(0..<old.handle.rows).columns(0..<old.handle.columns)
      // Vocabularies are rows of matrices and elements of vectors, so this stays contiguous.
      target.write(file.weights[old.handle].elements, at: 0)
    }
  }

  /// What is told of the model once the new one is made.
  ///
  /// - Parameter limit: entries that a vocabulary may have.
  func origin(of model: SequenceModel, limit: Int) -> TrainingOrigin {
    TrainingOrigin(
      path: path, newSourceEntries: model.sourceVocabulary - file.model.sourceVocabulary,
      newTargetEntries: model.targetVocabulary - file.model.targetVocabulary,
      limit: extendsVocabulary ? limit : nil,
      full: [("source", model.sourceVocabulary), ("target", model.targetVocabulary)]
        .filter { $0.1 >= limit }.map(\.0))
  }
}
