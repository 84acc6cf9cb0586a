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
    file.model.train(batch, scale: 1, pass, gradients: gradients)
  }
}
