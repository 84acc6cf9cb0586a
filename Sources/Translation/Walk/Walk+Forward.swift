import DragomanDecoding
import DragomanFormats
import DragomanLayers
import DragomanModels
package import DragomanTensor
import DragomanText

extension Walk {
  /// Walks a line through a model.
  ///
  /// Throws a ``WalkError`` for a line without words, or one of more than ``longest`` tokens.
  ///
  /// - Parameters:
  ///   - line: what to read.
  ///   - reference: what to force; greedy search writes otherwise.
  ///   - file: the model.
  ///   - withGradients: whether to go back as well.
  ///   - kernels: what computes; the numbers do not depend on it.
  package init(
    _ line: String, reference: String? = nil, of file: ModelFile, withGradients: Bool = false,
    kernels: Kernels
  ) throws(WalkError) {
    let source = WalkText(line, file.source)
    guard source.tokens.count > 1 else { throw .noWords }
    let forced = reference.map { WalkText($0, file.target) }
    for (side, text) in [("phrase", source), ("target", forced ?? source)] {
      guard text.tokens.count <= Self.longest else {
        throw .tooLong(side: side, tokens: text.tokens.count)
      }
    }
    try self.init(
      .text(source), reading: .tokens([source.tokens.map(\.id)]), file.model, file.weights,
      file.target, reference: forced, withGradients: withGradients, kernels)
  }

  /// Walks an image, or rows of features, through a captioning model.
  ///
  /// Throws a ``WalkError`` for a file of several examples, for too many rows and for a target of more than ``longest``
  /// tokens, and what reading the file throws.
  ///
  /// - Parameters:
  ///   - path: the file; of a file with several examples one of them, as `caption` names it.
  ///   - name: what the example is called; its path if nothing else is said.
  ///   - reference: the caption to force; greedy search writes otherwise.
  ///   - model: the model.
  ///   - withGradients: whether to go back as well.
  ///   - kernels: what computes; the numbers do not depend on it.
  package init(
    file path: String, named name: String? = nil, reference: String? = nil,
    of model: TrainedCaptioner, withGradients: Bool = false, kernels: Kernels
  ) throws {
    let (example, source) = try Self.example(path, named: name ?? path, model)
    let forced = reference.map { WalkText($0, model.target) }
    if let forced, forced.tokens.count > Self.longest {
      throw WalkError.tooLong(side: "target", tokens: forced.tokens.count)
    }
    try self.init(
      example, reading: source, model.model, model.weights, model.target,
      reference: forced, withGradients: withGradients, kernels)
  }

  private static func example(
    _ path: String, named name: String, _ model: TrainedCaptioner
  ) throws -> (WalkExample, Source) {
    switch model.reading {
    case .texts: preconditionFailure("a captioning model that reads texts")
    case .images(let preparation):
      let (image, source) = try WalkImage.read(
        path, named: name, preparation, places: model.model.encoder.gridSize, hasClass: false)
      return (.image(image), source)
    case .features(let preparation):
      let (rows, source) = try WalkRows.read(path, named: name, preparation)
      return (.rows(rows), source)
    }
  }

  private init(
    _ example: WalkExample, reading: Source, _ model: SequenceModel, _ weights: Parameters,
    _ codec: TextCodec, reference forced: WalkText?, withGradients: Bool, _ kernels: Kernels
  ) throws(WalkError) {
    let written = forced == nil ? Self.search(reading, model, weights, codec, kernels) : nil
    guard written?.tokens.isEmpty != true else { throw .noNumbers }
    let target = forced?.tokens ?? (written?.tokens ?? []).map { WalkToken($0, codec) }
    let words: [Int32] =
      if case .text(let text) = example { text.tokens.map(\.id) } else { [] }
    let batch = Batch(
      [EncodedPair(source: words, target: target.map(\.id))], begin: codec.vocabulary.begin)
    let pass = Pass(
      weights: weights, workspace: Workspace(kernels: kernels), recorder: Recorder())
    let trace = model.forward(batch, reading: reading, pass)
    let back =
      withGradients ? WalkBack(batch, reading: reading, model, weights, kernels) : nil
    let (decoder, values) = WalkDecoder.walk(trace.decoder, pass, back: back?.recorder)
    let steps = Self.steps(
      [WalkToken(batch.begin, codec)] + target, values,
      losses: trace.decoder.losses(batch, pass), codec)

    configuration = model.configuration
    self.example = example
    reference = forced
    text = codec.decode(target.map(\.id))
    isCutOff = written.map { !$0.isFinished } ?? false
    encoder = WalkEncoder(
      trace.encoder, of: model.configuration.encoder, example, states: trace.encoded.states, pass,
      back: back?.recorder)
    self.decoder = decoder
    self.steps = steps
    gradients = back.map {
      WalkGradients($0, batch, model.layout, weights, steps: steps, kernels)
    }
  }

  /// What greedy search writes, in plain single precision.
  private static func search(
    _ source: Source, _ model: SequenceModel, _ weights: Parameters, _ codec: TextCodec,
    _ kernels: Kernels
  ) -> Hypothesis {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = longest
    let vocabulary = codec.vocabulary
    let search = Search(
      [PackedModel(model, weights: weights, kernels)], begin: vocabulary.begin,
      end: vocabulary.end, decoding)
    return search.write(about: source, Workspace(kernels: kernels))[0][0]
  }

  /// What came of each step; the first token is what stands before all others.
  private static func steps(
    _ tokens: [WalkToken], _ values: WalkDecoder.Steps, losses: [Float], _ codec: TextCodec
  ) -> [WalkStep] {
    losses.indices.map { t in
      let logits = values.logits[t]
      return WalkStep(
        input: tokens[t], output: tokens[t + 1], weights: values.weights[t], logits: logits,
        loss: losses[t],
        best: logits.indices.sorted { (-logits[$0], $0) < (-logits[$1], $1) }.prefix(10)
          .map { WalkToken(Int32($0), codec) })
    }
  }
}

extension WalkText {
  /// A line in tokens, the end last.
  init(_ line: String, _ codec: TextCodec) {
    let line = TextGate.text(line)
    self.line = line
    normalized = codec.tokenizer.normalize(line)
    tokens = (codec.encode(line) + [codec.vocabulary.end]).map { WalkToken($0, codec) }
  }
}

extension WalkToken {
  fileprivate init(_ id: Int32, _ codec: TextCodec) {
    self.init(text: codec.display(id), id: id)
  }
}
