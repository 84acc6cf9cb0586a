import DragomanLayers
import DragomanModels
import DragomanTensor

/// The backward pass through an example, as training goes.
struct ClassificationWalkBack {
  /// What was passed on the way.
  let recorder: Recorder
  /// ∂θ.
  let gradients: Parameters

  /// Goes back through the only example of a batch, of the loss of a class.
  init(
    _ classifier: Classifier, _ source: Source, _ target: Int32, _ weights: Parameters,
    _ kernels: Kernels
  ) {
    recorder = Recorder()
    gradients = Parameters(layout: classifier.layout)
    let pass = Pass(
      weights: weights, workspace: Workspace(kernels: kernels), recorder: recorder)
    classifier.train(source, classes: [target], scale: 1, pass, gradients: gradients)
  }
}

extension ClassificationWalkGradients {
  /// What came back, of logits that came before.
  init(
    _ back: ClassificationWalkBack, logits: [Float], _ target: Int32, _ layout: ParameterLayout,
    _ weights: Parameters, _ kernels: Kernels
  ) {
    let matrix = Matrix(rows: 1, columns: logits.count, logits)
    var losses: [Float] = [0]
    kernels.crossEntropy(
      matrix, targets: [target][...], losses: &losses, at: 0, gradientScale: 1)
    self.logits = matrix.elements
    let recorder = back.recorder
    pooled = recorder[.featureGradient].first ?? []
    if let weights = recorder[.weightGradient].last, let scores = recorder[.scoreGradient].last {
      self.weights = (weights, scores)
    } else {
      self.weights = nil
    }
    states = recorder[.encodedGradient]
    embeddings = recorder[.embeddedGradient]
    // Running statistics have no gradient.
    parameters = layout.entries.filter { !$0.isStatistic }.map { entry in
      (entry.name, entry.shape, weights[entry.handle].norm, back.gradients[entry.handle].norm)
    }
  }
}
