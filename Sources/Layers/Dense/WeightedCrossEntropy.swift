package import DragomanTensor

/// The loss of classes that count unequally, and its gradient.
///
///     c = (1 − ε) w[y] onehot(y) + (ε / V) w        L = −Σ_j c_j log p_j        ∂ℓ = ((Σ_j c_j) p − c) · scale
///
/// It is that of `torch.nn.CrossEntropyLoss(weight: w, label_smoothing: ε)`: what smoothing gives to all classes is
/// weighted class by class, too. The mean over a batch divides by Σ_i w[y_i], with smoothing as without.
package struct WeightedCrossEntropy: Sendable {
  /// w `[V]`, each greater than 0.
  package let weights: [Float]
  /// ε.
  package let labelSmoothing: Float

  /// A loss with a weight for each class.
  package init(weights: [Float], labelSmoothing: Float) {
    precondition((0..<1).contains(labelSmoothing), "smoothing of \(labelSmoothing); not in 0..<1")
    (self.weights, self.labelSmoothing) = (weights, labelSmoothing)
  }

  /// Σ_i w[y_i].
  package func weight(of targets: some Sequence<Int32>) -> Double {
    targets.reduce(0) { $0 + Double(weights[Int($1)]) }
  }

  /// Makes the gradient of `logits`, `[N, V]`, and writes the losses of the rows to the places of their targets.
  ///
  /// There are few classes, so the sums go over them one by one, in Double.
  package func apply(
    to logits: Matrix, targets: ArraySlice<Int32>, losses: inout [Float], scale: Float,
    _ kernels: Kernels
  ) {
    precondition(
      logits.columns == weights.count && logits.rows == targets.count,
      "\(weights.count) weights and \(targets.count) targets for \(logits.rows) × \(logits.columns)"
    )
    let smoothing = Double(labelSmoothing)
    let shared = weights.map { smoothing / Double(weights.count) * Double($0) }
    let total = shared.reduce(0, +)
    kernels.logSoftmax(logits)
    for (row, place) in targets.indices.enumerated() {
      let target = Int(targets[place])
      var sum = (1 - smoothing) * Double(weights[target]) * Double(logits[row, target])
      for column in shared.indices where shared[column] > 0 {
        sum += shared[column] * Double(logits[row, column])
      }
      losses[place] = Float(-sum)
    }
    kernels.exp(logits)
    for (row, place) in targets.indices.enumerated() {
      let target = Int(targets[place])
      let own = (1 - smoothing) * Double(weights[target])
      for column in shared.indices {
        let share = shared[column] + (column == target ? own : 0)
        logits[row, column] = Float(
          ((own + total) * Double(logits[row, column]) - share) * Double(scale))
      }
    }
  }
}
