package import DragomanTensor

/// The projection to the vocabulary, its softmax and the loss, over blocks of tokens.
///
///     ℓ = W f + b        p = softmax(ℓ)        L = −log p[y]        ∂ℓ = (p − onehot(y)) · scale
///
/// Training may smooth the labels by ε (Szegedy et al. 2016, section 7, arXiv:1512.00567), as
/// `torch.nn.CrossEntropyLoss(label_smoothing:)` does:
///
///     π = (1 − ε) onehot(y) + ε / V        L = −Σ_j π_j log p_j        ∂ℓ = (p − π) · scale
///
/// Where classes have weights, ``WeightedCrossEntropy`` takes the place of both.
///
/// The `[N, V]` matrix of all logits does not exist where it would be large: a block of rows goes through product,
/// softmax, loss and both gradients before the next one begins. The gradient of W is one chain of sums over all
/// tokens, wherever the blocks end.
package struct OutputLayer: Sendable {
  /// W `[V, F]` and b `[V]`.
  package let linear: Linear

  /// A projection of `features` numbers to `vocabulary` logits.
  package init(name: String, features: Int, vocabulary: Int, layout: inout ParameterLayout) {
    linear = Linear(name: name, from: features, to: vocabulary, layout: &layout)
  }

  /// A projection whose W is the table of word vectors, so that F = E and the table gets both gradients.
  ///
  /// Press and Wolf 2017 (arXiv:1608.05859), Inan et al. 2017 (arXiv:1611.01462).
  package init(name: String, tiedTo embedding: Embedding, layout: inout ParameterLayout) {
    linear = Linear(name: name, weight: embedding.table, layout: &layout)
  }

  /// V.
  package var vocabulary: Int { linear.outputs }

  /// The loss of each of N tokens, in nats, given their features, `[N, F]`.
  package func losses(_ features: Matrix, targets: [Int32], _ pass: Pass) -> [Float] {
    var losses = [Float](repeating: 0, count: features.rows)
    overBlocks(of: features.rows, pass) { rows, logits in
      linear.forward(features.rows(rows), into: logits, pass)
      pass.kernels.crossEntropy(
        logits, targets: targets[rows], losses: &losses, at: rows.lowerBound, gradientScale: nil)
    }
    return losses
  }

  /// Forward and backward in one: returns the smoothed loss of the N tokens, writes the gradient of their features
  /// times `scale` to `featureGradient`, `[N, F]`, and adds to the gradients of W and b.
  package func train(
    _ features: Matrix, targets: [Int32], scale: Float, labelSmoothing: Float = 0,
    classWeights: [Float]? = nil, featureGradient: Matrix, _ pass: Pass, gradients: Parameters
  ) -> Loss {
    let weighted = classWeights.map {
      WeightedCrossEntropy(weights: $0, labelSmoothing: labelSmoothing)
    }
    var losses = [Float](repeating: 0, count: features.rows)
    overBlocks(of: features.rows, pass) { rows, logits in
      pass.timed(.output) {
        linear.forward(features.rows(rows), into: logits, pass)
        if let weighted {
          weighted.apply(
            to: logits, targets: targets[rows], losses: &losses, scale: scale, pass.kernels)
        } else {
          pass.kernels.crossEntropy(
            logits, targets: targets[rows], losses: &losses, at: rows.lowerBound,
            gradientScale: scale, labelSmoothing: labelSmoothing)
        }
      }
      pass.timed(.outputBackward) {
        // ℓ = W f + b, and the memory of ℓ has ∂ℓ now.
        linear.backward(
          logits, input: features.rows(rows), inputGradient: featureGradient.rows(rows), pass,
          gradients: gradients)
      }
    }
    return Loss(
      sum: losses.reduce(0) { $0 + Double($1) }, count: features.rows,
      weight: weighted?.weight(of: targets) ?? Double(features.rows))
  }

  /// Runs `body` on blocks of about equally many rows, with memory for their logits.
  ///
  /// Each block reads W twice, and reads and writes ∂W, so that fewer are better; but the logits of a block take no
  /// more memory than W does, which is so if it has at most F rows.
  private func overBlocks(of count: Int, _ pass: Pass, _ body: (Range<Int>, Matrix) -> Void) {
    let blocks = (count + linear.inputs - 1) / linear.inputs
    pass.workspace.scoped {
      let logits = pass.workspace.matrix(
        rows: (count + blocks - 1) / blocks, columns: vocabulary)
      for block in 0..<blocks {
        let rows = (count * block / blocks)..<(count * (block + 1) / blocks)
        body(rows, logits.rows(0..<rows.count))
      }
    }
  }
}
