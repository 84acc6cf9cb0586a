public import DragomanDecoding
package import DragomanModels
package import DragomanFormats
package import DragomanTensor
import DragomanText

/// Translates lines of text with a trained model, or with several.
///
///     let translator = try Translator(path: "runs/phrasebook/best.safetensors")
///     let translation = translator.translate("good morning")
///
/// A translator can be used from several tasks at once; each call has scratch memory of its own. The
/// result of a line depends neither on the other lines nor on the number of threads.
///
/// In asynchronous code the same calls are asynchronous: `try await translator.translate("good morning")` computes off
/// the caller's actor and can be cancelled, and ``stream(_:_:)`` gives the text as it is being written.
public struct Translator: Sendable {
  /// The first model.
  package let model: TrainedModel
  /// The configuration of the run that the first model is of; null if it did not come from a file.
  package private(set) var configuration = JSON.null
  /// What the first model's file tells of the text that it learnt from.
  package private(set) var learnt: LearntText?
  /// How it writes: search, limits and batch size; a beam or a batch of less than 1 is a mistake of the caller's, which
  /// ends the program at the next call.
  public var decoding: DecodingConfiguration
  /// What takes the place of unknown words, where `decoding.replaceUnknown` asks for that.
  public var dictionary = WordDictionary()
  /// What computes.
  let kernels: Kernels
  /// The models, ready to write.
  let packed: [PackedModel]

  /// The translator of a model file, or of several whose probabilities are averaged.
  ///
  /// Throws a ``FileError`` for a file that cannot be opened, a ``ModelFileError`` for one that is not a model or is
  /// damaged, and an ``EnsembleError`` for models that read or write other tokens than the first one.
  ///
  /// - Parameters:
  ///   - path: the file; the first one says how to decode.
  ///   - others: further files, trained on the same vocabularies.
  ///   - threads: threads that compute, at least 1; all cores by default.
  public init(path: String, others: [String] = [], threads: Int? = nil) throws {
    func read(_ path: String) throws -> ModelFile {
      try ModelFileError.reading(path) { try ModelFile(path: path) }
    }
    let file = try read(path)
    let files = try others.map(read)
    for (other, name) in zip(files, others) {
      try EnsembleError.check(other, name, against: file, path)
    }
    let decoding =
      try file.configuration["decoding"].map { stated in
        try ModelFileError.reading(path) {
          try DecodingConfiguration.read(stated, file: "\(path)[\(ModelFileKey.configuration)]")
        }
      } ?? DecodingConfiguration()
    self.init(
      file.trained, others: files.map(\.trained), decoding: decoding,
      kernels: Kernels(threads: threads))
    (configuration, learnt) = (file.configuration, file.learnt)
  }

  /// The translator of models in memory, whose weights must not change any more.
  package init(
    _ model: TrainedModel, others: [TrainedModel] = [], decoding: DecodingConfiguration,
    kernels: Kernels
  ) {
    self.model = model
    self.decoding = decoding
    self.kernels = kernels
    packed = ([model] + others).map { PackedModel($0.model, weights: $0.weights, kernels) }
  }

  /// The longest source, in tokens, whose every position the models can look at; `nil` is any length.
  public var reach: Int? { packed.compactMap(\.model.reach).min() }

  /// Translates one line.
  public func translate(
    _ line: String, _ options: TranslationOptions = TranslationOptions()
  ) -> Translation {
    translate([line], options)[0]
  }

  /// Translates lines, in their order; a line without words gives an empty translation.
  public func translate(
    _ lines: [String], _ options: TranslationOptions = TranslationOptions()
  ) -> [Translation] {
    alternatives(lines, count: 1, options).map { $0[0] }
  }

  /// The best `count` translations of each line, the best first, or as many that are drawn; fewer if the beam is
  /// narrower or a line has no words.
  ///
  /// `count` is at least 1; less is a mistake of the caller's, which ends the program.
  public func alternatives(
    _ lines: [String], count: Int, _ options: TranslationOptions = TranslationOptions()
  ) -> [[Translation]] {
    job(lines, count: count, options).finished().map(\.translations)
  }

  /// The same translations, and what the search did to find them.
  ///
  /// The trace has probabilities, whatever the options say of the translations.
  public func traced(
    _ lines: [String], count: Int, _ options: TranslationOptions = TranslationOptions()
  ) -> [TracedTranslation] {
    job(lines, count: count, options, isTraced: true).finished()
  }

  /// A reference in the spelling in which the models write, so that another one of the same letters is not an error of
  /// theirs.
  package func reference(_ line: String) -> String {
    model.target.tokenizer.normalization.reference(line)
  }

  /// A writer of the translation of one line, before its first step: ``stream(_:_:)`` for whoever takes the steps.
  package func writer(_ line: String, _ options: TranslationOptions) -> TranslationWriter {
    TranslationWriter(job([line], count: 1, options))
  }

  /// The translation of lines, which has not begun.
  func job(
    _ lines: [String], count: Int, _ options: TranslationOptions, isTraced: Bool = false
  ) -> TranslationJob {
    let vocabulary = model.target.vocabulary
    var options = options
    options.prefix = TextGate.text(options.prefix)
    return TranslationJob(
      lines.map(TextGate.text), count: count, isTraced: isTraced,
      Search(
        packed, begin: vocabulary.begin, end: vocabulary.end, unknown: vocabulary.unknown, decoding),
      TranslationBuilder(
        source: model.source, target: model.target,
        dictionary: decoding.replaceUnknown ? dictionary : nil, options),
      kernels)
  }
}

extension Translator {
  /// Translates lines as long as `goesOn` says so, which is asked before every step; `nil` if it said no.
  package func translate(
    _ lines: [String], _ options: TranslationOptions, while goesOn: () -> Bool
  ) -> [Translation]? {
    var job = job(lines, count: 1, options)
    repeat {
      guard goesOn() else { return nil }
    } while job.advance()
    return job.result.map { $0.translations[0] }
  }
}
