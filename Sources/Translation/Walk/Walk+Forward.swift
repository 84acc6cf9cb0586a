import DragomanDecoding
import DragomanModels
import DragomanLayers
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
    let recorder = Recorder()
    let pass = Pass(
      weights: file.weights, workspace: Workspace(kernels: kernels), recorder: recorder)
    let model = file.model
    let trace = model.forward(batch, pass)
    let (kind, read) =
      switch trace.encoder {
      case .recurrent(let encoder, let trace): (encoder.cell, trace.stack.recurrences)
      case .transformer: throw .otherFamily(side: "encoder")
      }

    self.configuration = model.configuration
    self.source = source
    self.reference = forced
    text = file.target.decode(target.map(\.id))
    isCutOff = written.map { !$0.isFinished } ?? false
    encoder = read.enumerated().map { layer, traces in
      zip(traces, Direction.allCases).map { trace, direction in
        WalkRecurrence(
          "encoder.\(layer).\(direction.rawValue)", kind, trace.layer, inputs: trace.input,
          isBackward: direction == .backward)
      }
    }
    embeddings = encoder[0][0].steps.map(\.input)
    outputs =
      encoder.dropFirst().map { $0[0].steps.map(\.input) } + [trace.encoded.states.matrix.vectors]
    switch trace.decoder {
    case .recurrent(let decoder, let trace):
      let scorer = decoder.attention.scorer
      keys = scorer.keyProjection == nil ? nil : trace.memory.keys.vectors
      reach = scorer.reach
      start = trace.start.results.map { WalkState($0, row: 0) }
      steps = Self.steps(
        decoder, decoder.cell, trace, batch,
        begin: WalkToken(batch.begin, file.target), target, file.target, recorder[.scores], pass)
    case .transformer: throw .otherFamily(side: "decoder")
    }
    gradients =
      withGradients
      ? WalkGradients(batch, file, steps: steps, kernels) : nil
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

  private static func steps(
    _ decoder: RecurrentDecoder, _ kind: CellKind, _ trace: RecurrentDecoder.Trace, _ batch: Batch,
    begin: WalkToken, _ target: [WalkToken], _ codec: TextCodec, _ scores: [[Float]], _ pass: Pass
  ) -> [WalkStep] {
    let recurrences = trace.layers.recurrences.enumerated().map {
      WalkRecurrence("decoder.\($0)", kind, $1[0].layer, inputs: $1[0].input, isBackward: false)
    }
    let states = trace.features.columns(0..<decoder.hidden).vectors
    let contexts = trace.features.columns(decoder.hidden..<trace.features.columns).vectors
    let queries =
      decoder.attention.scorer.queryProjection == nil ? nil : trace.attention.queries.vectors
    let attentionals = decoder.attentional == nil ? nil : trace.read.vectors
    let (read, deep) = decoder.readout.read(trace.read, embedded: trace.embedded, pass)
    let logits = decoder.readout.output.linear.forward(read, pass).vectors
    let losses = decoder.losses(trace, batch, pass)
    let fed: [[Float]]? =
      switch decoder.feeding {
      case .none: nil
      case .context: contexts
      case .attentional: attentionals
      }
    return target.indices.map { t in
      WalkStep(
        input: t == 0 ? begin : target[t - 1], output: target[t],
        fed: fed.map { t == 0 ? [Float](repeating: 0, count: $0[0].count) : $0[t - 1] },
        layers: recurrences.map { $0.steps[t] }, state: states[t], query: queries?[t],
        coverage: trace.attention.history?.vectors[t], scores: scores[t],
        weights: trace.attention.weights.rows(t..<(t + 1)).elements, context: contexts[t],
        attentional: attentionals?[t], deep: deep?.output.rows(t..<(t + 1)).elements,
        logits: logits[t], loss: losses[t],
        best: logits[t].indices.sorted { (-logits[t][$0], $0) < (-logits[t][$1], $1) }.prefix(10)
          .map { WalkToken(Int32($0), codec) })
    }
  }
}

extension WalkText {
  fileprivate init(_ line: String, _ codec: TextCodec) {
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

extension WalkState {
  fileprivate init(_ state: CellState, row: Int) {
    let rows = row..<(row + 1)
    self.init(
      hidden: state.hidden.rows(rows).elements, cell: state.cell?.rows(rows).elements)
  }
}

extension WalkRecurrence {
  /// What a layer did with the only sentence of a batch.
  fileprivate init(
    _ name: String, _ kind: CellKind, _ trace: RecurrentTrace, inputs: Matrix, isBackward: Bool
  ) {
    self.name = name
    cell = kind
    self.isBackward = isBackward
    initial = WalkState(trace.initial, row: 0)
    let size = trace.states.hidden.columns
    steps = (0..<trace.states.hidden.rows).map { step in
      let gates = trace.gateValues.rows(step..<(step + 1))
      return WalkCell(
        input: inputs.rows(step..<(step + 1)).elements,
        gates: kind.gates.indices.map { gates.columns(($0 * size)..<(($0 + 1) * size)).elements },
        state: WalkState(trace.states, row: step))
    }
  }
}

extension Matrix {
  /// The rows.
  var vectors: [[Float]] { (0..<rows).map { rows($0..<($0 + 1)).elements } }
}
