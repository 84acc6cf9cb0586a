import DragomanFormats
public import DragomanTensor
import DragomanText

/// Translates lines of text with a trained model, or with several.
///
///     let translator = try Translator(path: "runs/phrasebook/best.safetensors")
///     let translation = translator.translate("good morning")
///
/// A translator can be used from several tasks at once; each call has scratch memory of its own. The
/// result of a line depends neither on the other lines nor on the number of threads.
public struct Translator: Sendable {
  /// The first model and everything stored with it.
  public let file: ModelFile
  /// How it writes: search, limits and batch size.
  public var decoding: DecodingConfiguration
  /// What takes the place of unknown words, where `decoding.replaceUnknown` asks for that.
  public var dictionary = WordDictionary()
  let kernels: Kernels
  let packed: [PackedModel]

  /// The translator of a model file, or of several whose probabilities are averaged.
  ///
  /// Throws an ``EnsembleError`` for models that read or write other tokens than the first one.
  ///
  /// - Parameters:
  ///   - path: the file; the first one says how to decode.
  ///   - others: further files, trained on the same vocabularies.
  ///   - threads: threads that compute; all cores by default.
  public init(path: String, others: [String] = [], threads: Int? = nil) throws {
    let file = try ModelFile(path: path)
    let files = try others.map { try ModelFile(path: $0) }
    for (other, name) in zip(files, others) {
      try EnsembleError.check(other, name, against: file, path)
    }
    let decoding =
      try file.configuration["decoding"].map {
        try DecodingConfiguration.read($0, file: "\(path)[\(ModelFileKey.configuration)]")
      } ?? DecodingConfiguration()
    self.init(file, others: files, decoding: decoding, kernels: Kernels(threads: threads))
  }

  /// The translator of models in memory, whose weights must not change any more.
  public init(
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
  /// The text is the same without probabilities, and greedy search is faster.
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
  /// With a prefix, each translation begins with its tokens. Without probabilities the translations have no scores
  /// either.
  public func alternatives(
    _ lines: [String], count: Int, prefix: String = "", withAttention: Bool = false,
    withProbabilities: Bool = true
  ) -> [[Translation]] {
    search(
      lines, count: count, prefix: prefix, withAttention: withAttention,
      withProbabilities: withProbabilities, isTraced: false
    ).map(\.translations)
  }

  /// The same translations with their attention and probabilities, and what the search did to find them.
  public func traced(
    _ lines: [String], count: Int = 1, prefix: String = ""
  ) -> [TracedTranslation] {
    search(
      lines, count: count, prefix: prefix, withAttention: true, withProbabilities: true,
      isTraced: true)
  }

  private func search(
    _ lines: [String], count: Int, prefix: String, withAttention: Bool, withProbabilities: Bool,
    isTraced: Bool
  ) -> [TracedTranslation] {
    let workspace = Workspace(kernels: kernels)
    let vocabulary = file.target.vocabulary
    let search = Search(packed, begin: vocabulary.begin, end: vocabulary.end, decoding)
    let prefix = file.target.encode(prefix)
    var result = lines.map { TracedTranslation([.empty($0)]) }
    let sources = lines.map { file.source.encode($0) }
    // Sentences of like length go together, so that none waits for a long one.
    let order = lines.indices.filter { !sources[$0].isEmpty }.sorted {
      (sources[$0].count, $0) < (sources[$1].count, $1)
    }
    for start in stride(from: 0, to: order.count, by: decoding.batch) {
      let places = order[start..<min(start + decoding.batch, order.count)]
      workspace.reset()
      var recorder = isTraced ? SearchRecorder(sentences: places.count) : nil
      let hypotheses = search.translate(
        places.map { sources[$0] + [file.source.vocabulary.end] }, prefix: prefix, count: count,
        withAttention: withAttention || decoding.replaceUnknown,
        withProbabilities: withProbabilities, recorder: &recorder, workspace)
      for (sentence, place) in places.enumerated() {
        result[place] = TracedTranslation(
          hypotheses[sentence].map { translation(lines[place], sources[place], $0, withAttention) },
          recorder?.trace(of: sentence, in: file.target) ?? SearchTrace())
      }
    }
    return result
  }

  private func translation(
    _ line: String, _ source: [Int32], _ hypothesis: Hypothesis, _ withAttention: Bool
  ) -> Translation {
    let end = file.source.vocabulary.end
    let tokens = hypothesis.tokens
    let replaces = decoding.replaceUnknown && tokens.contains(file.target.vocabulary.unknown)
    let words = replaces || withAttention ? file.source.tokenizer.tokenize(line) : []
    func replacement(_ place: Int) -> String? {
      guard replaces else { return nil }
      return hypothesis.attention[place].prefix(words.count).indexOfGreatest
        .map { dictionary[words[$0]] }
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
