import DragomanLayers
import DragomanModels
import DragomanTensor
import DragomanText

/// The backward pass through a pair, as training goes.
struct WalkBack {
  /// What was passed on the way.
  let recorder: Recorder
  /// ∂θ.
  let gradients: Parameters

  /// Goes back through the only pair of a batch, of the sum of the losses of its tokens.
  init(
    _ batch: Batch, reading source: Source, _ model: SequenceModel, _ weights: Parameters,
    _ kernels: Kernels
  ) {
    recorder = Recorder()
    gradients = Parameters(layout: model.layout)
    let pass = Pass(
      weights: weights, workspace: Workspace(kernels: kernels), recorder: recorder)
    // What the sums of the weights cost is not a part of the loss.
    var configuration = model.configuration
    configuration.attention.doublyStochastic = 0
    let plain = SequenceModel(
      configuration, reading: model.reading, targetVocabulary: model.targetVocabulary)
    plain.train(batch, reading: source, scale: 1, pass, gradients: gradients)
  }
}
