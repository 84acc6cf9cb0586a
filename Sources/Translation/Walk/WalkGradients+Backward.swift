import DragomanModels
import DragomanLayers
import DragomanTensor
import DragomanText

extension WalkGradients {
  /// Goes back through the only pair of a batch as training does, and keeps what it passes.
  init(_ batch: Batch, _ file: ModelFile, steps: [WalkStep], _ kernels: Kernels) {
    let model = file.model
    let recorder = Recorder()
    let pass = Pass(
      weights: file.weights, workspace: Workspace(kernels: kernels), recorder: recorder)
    let gradients = Parameters(layout: model.layout)
    model.train(batch, scale: 1, pass, gradients: gradients)

    logits = Self.logits(batch, steps, kernels)
    switch model.decoder {
    case .recurrent(let recurrent):
      // With attention inside the loop, one step after the other is gone back through, the last one first.
      func ordered(_ value: Recorder.Value) -> [[Float]] {
        recurrent.isStepwise ? recorder[value].reversed() : recorder[value]
      }
      contexts = ordered(.contextGradient)
      weights = ordered(.weightGradient)
      scores = ordered(.scoreGradient)
      decoder = recurrent.stack.layers.map {
        recorder[.stateGradient($0.recurrences[0].layer.inputWeight)].reversed()
      }
    case .transformer: preconditionFailure()
    }
    states = recorder[.encodedGradient]
    switch model.encoder {
    case .recurrent(let recurrent):
      encoder = recurrent.stack.layers.map { layer in
        layer.recurrences.map { recurrence in
          let rows = recorder[.stateGradient(recurrence.layer.inputWeight)]
          // The first step back is at the sentence's end, or at its beginning if that was read last.
          return recurrence.direction == .forward ? rows.reversed() : rows
        }
      }
    case .transformer: preconditionFailure()
    }
    embeddings = recorder[.embeddedGradient]
    parameters = model.layout.entries.map { entry in
      (
        entry.name, entry.shape, file.weights[entry.handle].norm, gradients[entry.handle].norm
      )
    }
  }

  /// ∂a as the loss gives it.
  private static func logits(_ batch: Batch, _ steps: [WalkStep], _ kernels: Kernels) -> [[Float]] {
    let matrix = Matrix(
      rows: steps.count, columns: steps[0].logits.count, steps.flatMap(\.logits))
    var losses = [Float](repeating: 0, count: steps.count)
    kernels.crossEntropy(
      matrix, targets: batch.targetIDs[...], losses: &losses, at: 0, gradientScale: 1)
    return matrix.vectors
  }
}

extension Matrix {
  /// The root of the sum of squares, in double precision.
  fileprivate var norm: Double {
    elements.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}
