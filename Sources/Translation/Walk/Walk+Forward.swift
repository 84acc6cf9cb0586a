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
    let written = forced == nil ? Self.search(source, file, kernels) : nil
    guard written?.tokens.isEmpty != true else { throw .noNumbers }
    let target = forced?.tokens ?? (written?.tokens ?? []).map { WalkToken($0, file.target) }
    let batch = Batch(
      [EncodedPair(source: source.tokens.map(\.id), target: target.map(\.id))],
      begin: file.target.vocabulary.begin)
    let pass = Pass(
      weights: file.weights, workspace: Workspace(kernels: kernels), recorder: Recorder())
    let trace = file.model.forward(batch, pass)
    let back = withGradients ? WalkBack(batch, file, kernels) : nil
    let (decoder, values) = WalkDecoder.walk(trace.decoder, pass, back: back?.recorder)
    let steps = Self.steps(
      [WalkToken(batch.begin, file.target)] + target, values,
      losses: trace.decoder.losses(batch, pass), file.target)

    configuration = file.model.configuration
    self.source = source
    self.reference = forced
    text = file.target.decode(target.map(\.id))
    isCutOff = written.map { !$0.isFinished } ?? false
    encoder = WalkEncoder(
      trace.encoder, states: trace.encoded.states, pass, back: back?.recorder)
    self.decoder = decoder
    self.steps = steps
    gradients = back.map { WalkGradients($0, batch, file, steps: steps, kernels) }
  }

  /// The greedy translation, in plain single precision.
  private static func search(
    _ source: WalkText, _ file: ModelFile, _ kernels: Kernels
  ) -> Hypothesis {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = longest
    let vocabulary = file.target.vocabulary
    let search = Search(
      [PackedModel(file.model, weights: file.weights, kernels)], begin: vocabulary.begin,
      end: vocabulary.end, decoding)
    return search.translate([source.tokens.map(\.id)], Workspace(kernels: kernels))[0][0]
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
