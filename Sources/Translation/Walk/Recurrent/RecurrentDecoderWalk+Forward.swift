import DragomanLayers
import DragomanModels
import DragomanTensor

extension RecurrentDecoderWalk {
  /// What a decoder did with the only pair of a batch, and what all decoders leave of it.
  static func walk(
    _ decoder: RecurrentDecoder, _ trace: RecurrentDecoder.Trace, _ pass: Pass,
    back: Recorder?
  ) -> (walk: RecurrentDecoderWalk, steps: WalkDecoder.Steps) {
    let (read, deep) = decoder.readout.read(trace.read, embedded: trace.embedded, pass)
    let scorer = decoder.attention.scorer
    let walk = RecurrentDecoderWalk(
      configuration: decoder.configuration,
      keys: scorer.keyProjection == nil ? nil : trace.memory.keys.vectors, reach: scorer.reach,
      start: trace.start.results.map { WalkState($0, row: 0) },
      steps: steps(
        decoder, trace, deep: deep?.output.vectors, scores: pass.recorder?[.scores] ?? []),
      gradients: back.map { Gradients(decoder, $0) })
    return (
      walk,
      WalkDecoder.Steps(
        weights: trace.attention.weights.vectors,
        logits: decoder.readout.output.linear.forward(read, pass).vectors)
    )
  }

  private static func steps(
    _ decoder: RecurrentDecoder, _ trace: RecurrentDecoder.Trace, deep: [[Float]]?,
    scores: [[Float]]
  ) -> [Step] {
    let recurrences = trace.layers.recurrences.enumerated().map {
      WalkRecurrence(
        "decoder.\($0)", decoder.cell, $1[0].layer, inputs: $1[0].input, isBackward: false)
    }
    let states = trace.features.columns(0..<decoder.hidden).vectors
    let contexts = trace.features.columns(decoder.hidden..<trace.features.columns).vectors
    let queries =
      decoder.attention.scorer.queryProjection == nil ? nil : trace.attention.queries.vectors
    let attentionals = decoder.attentional == nil ? nil : trace.read.vectors
    let coverage = trace.attention.history?.vectors
    let fed: [[Float]]? =
      switch decoder.feeding {
      case .none: nil
      case .context: contexts
      case .attentional: attentionals
      }
    return states.indices.map { t in
      Step(
        fed: fed.map { t == 0 ? [Float](repeating: 0, count: $0[0].count) : $0[t - 1] },
        layers: recurrences.map { $0.steps[t] }, state: states[t], query: queries?[t],
        coverage: coverage?[t], scores: scores[t],
        gate: trace.attention.gates?[t, 0], context: contexts[t],
        attentional: attentionals?[t], deep: deep?[t])
    }
  }
}

extension RecurrentDecoderWalk.Gradients {
  /// What came back to a decoder.
  fileprivate init(_ decoder: RecurrentDecoder, _ recorder: Recorder) {
    // With attention inside the loop, one step after the other is gone back through, the last one first.
    func ordered(_ value: Recorder.Value) -> [[Float]] {
      decoder.isStepwise ? recorder[value].reversed() : recorder[value]
    }
    contexts = ordered(.contextGradient)
    weights = ordered(.weightGradient)
    scores = ordered(.scoreGradient)
    queries = ordered(.queryGradient)
    let scorer = decoder.attention.scorer
    keys = scorer.keyProjection == nil ? nil : recorder[.keyGradient]
    var vectors: [[Float]] = []
    // One sentence has one row of them.
    var rest = (recorder[.vectorGradient].first ?? [])[...]
    for vector in scorer.vectors {
      vectors.append(Array(rest.prefix(vector.columns)))
      rest = rest.dropFirst(vector.columns)
    }
    self.vectors = vectors
    layers = decoder.stack.layers.map {
      recorder[.stateGradient($0.recurrences[0].layer.inputWeight)].reversed()
    }
  }
}
