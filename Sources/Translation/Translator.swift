public import DragomanDecoding
import DragomanModels
import DragomanFormats
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
/// In asynchronous code the same calls are asynchronous: `try await translator.translate("good morning")` computes off the
/// caller's actor and can be cancelled, and ``stream(_:prefix:withAttention:withProbabilities:)`` gives the text as it is
/// being written.
public struct Translator: Sendable {
  /// The first model and everything stored with it.
  package let file: ModelFile
  /// How it writes: search, limits and batch size; a beam or a batch of less than 1 is a mistake of the caller's, which ends
  /// the program at the next call.
  public var decoding: DecodingConfiguration
  /// What takes the place of unknown words, where `decoding.replaceUnknown` asks for that.
  public var dictionary = WordDictionary()
  let kernels: Kernels
  let packed: [PackedModel]

  /// The translator of a model file, or of several whose probabilities are averaged.
  ///
  /// Throws a ``FileError`` for a file that cannot be opened, a ``ModelFileError`` for one that is no model or is damaged,
  /// and an ``EnsembleError`` for models that read or write other tokens than the first one.
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
    self.init(file, others: files, decoding: decoding, kernels: Kernels(threads: threads))
  }

  /// The translator of models in memory, whose weights must not change any more.
  package init(
    _ file: ModelFile, others: [ModelFile] = [], decoding: DecodingConfiguration, kernels: Kernels
  ) {
    self.file = file
    self.decoding = decoding
    self.kernels = kernels
    packed = ([file] + others).map { PackedModel($0.model, weights: $0.weights, kernels) }
  }

  /// The longest source, in tokens, whose every position the models can look at; `nil` is any length.
  public var reach: Int? { packed.compactMap(\.model.reach).min() }

  /// Translates one line.
  public func translate(
    _ line: String, withAttention: Bool = false, withProbabilities: Bool = true
  ) -> Translation {
    translate([line], withAttention: withAttention, withProbabilities: withProbabilities)[0]
  }

  /// Translates lines, in their order; a line without words gives an empty translation.
  ///
  /// The text is the same without probabilities, and greedy search is faster. Attention takes memory, and the words it is told
  /// of take time, by the product of the lengths of source and translation or the square of the longest word.
  public func translate(
    _ lines: [String], withAttention: Bool = false, withProbabilities: Bool = true
  ) -> [Translation] {
    alternatives(
      lines, count: 1, withAttention: withAttention, withProbabilities: withProbabilities
    ).map { $0[0] }
  }

  /// The best `count` translations of each line, the best first, or as many that are drawn; fewer if the beam is
  /// narrower or a line has no words.
  ///
  /// `count` is at least 1.
  ///
  /// With a prefix, each translation begins with its tokens. Without probabilities the translations have no scores
  /// either.
  public func alternatives(
    _ lines: [String], count: Int, prefix: String = "", withAttention: Bool = false,
    withProbabilities: Bool = true
  ) -> [[Translation]] {
    job(
      lines, count: count, prefix: prefix, withAttention: withAttention,
      withProbabilities: withProbabilities
    ).result
  }

  /// The same translations with their attention and probabilities, and what the search did to find them.
  public func traced(
    _ lines: [String], count: Int = 1, prefix: String = ""
  ) -> [TracedTranslation] {
    let job = job(
      lines, count: count, prefix: prefix, withAttention: true, withProbabilities: true,
      isTraced: true)
    return zip(job.result, job.traces).map { TracedTranslation($0, $1) }
  }

  /// A job that is done.
  private func job(
    _ lines: [String], count: Int, prefix: String, withAttention: Bool, withProbabilities: Bool,
    isTraced: Bool = false
  ) -> TranslationJob {
    var job = TranslationJob(
      self, lines, count: count, prefix: prefix, withAttention: withAttention,
      withProbabilities: withProbabilities, isTraced: isTraced)
    while job.advance() {}
    return job
  }

  /// A hypothesis of a line as its translation, which begins with the tokens of a prefix.
  func translation(
    _ line: String, _ source: [Int32], _ hypothesis: Hypothesis, prefix: [String],
    _ withAttention: Bool
  ) -> Translation {
    let end = file.source.vocabulary.end
    let tokens = hypothesis.tokens
    let isReplacing = decoding.replaceUnknown && tokens.contains(file.target.vocabulary.unknown)
    let words = isReplacing || withAttention ? file.source.tokenizer.tokenize(line) : []
    func replacement(_ place: Int) -> String? {
      // A prefix stands as it was given.
      if place < prefix.count { return prefix[place] }
      return isReplacing ? self.replacement(among: words, hypothesis.attention[place]) : nil
    }
    return Translation(
      source: line, text: file.target.decode(tokens, replacement: replacement),
      sourceTokens: (source + [end]).map { file.source.display($0) },
      targetTokens: tokens.map { file.target.display($0) },
      logProbabilities: hypothesis.logProbabilities,
      attention: withAttention ? hypothesis.attention : [],
      sourceWords: withAttention ? file.source.tokenizer.words(of: words) + [nil] : [],
      targetWords: withAttention ? file.target.words(of: tokens, replacement: replacement) : [],
      score: hypothesis.score,
      isCutOff: !hypothesis.isFinished)
  }

  /// What takes the place of an unknown token: the word of the source that was looked at most, or its entry in the
  /// dictionary; `nil` if there are no words to choose from.
  func replacement(among words: [String], _ attention: [Float]) -> String? {
    attention.prefix(words.count).indexOfGreatest.map { place in
      let word = words[place]
      if let stated = dictionary[word] { return stated }
      // Marks of the source's tokens mean nothing to tokens of another kind.
      let isAlike = file.source.tokenizer.kind == file.target.tokenizer.kind
      return isAlike ? word : file.source.tokenizer.detokenize([word])
    }
  }
}

extension ArraySlice<Float> {
  /// Where the greatest element stands, the first of equals.
  fileprivate var indexOfGreatest: Int? {
    indices.reduce(nil) { best, place in
      if let best, !(self[place] > self[best]) { return best }
      return place
    }
  }
}
