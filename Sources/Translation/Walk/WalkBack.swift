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
  init(_ batch: Batch, _ file: ModelFile, _ kernels: Kernels) {
    recorder = Recorder()
    gradients = Parameters(layout: file.model.layout)
    let pass = Pass(
      weights: file.weights, workspace: Workspace(kernels: kernels), recorder: recorder)
    // What the sums of the weights cost is not a part of the loss.
    var configuration = file.model.configuration
    configuration.attention.doublyStochastic = 0
    let model = SequenceModel(
      configuration, reading: file.model.reading, targetVocabulary: file.model.targetVocabulary)
    model.train(batch, scale: 1, pass, gradients: gradients)
  }
}
