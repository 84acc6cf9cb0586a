package import DragomanLayers
package import DragomanTensor

/// A readout's weights packed once for many steps of decoding.
package struct PackedReadout: Sendable {
  let readout: Readout
  private let deepOutput: PackedMatrix?
  private let output: PackedMatrix
  /// The projection in 8 bits, for the most probable token alone.
  package let screen: Screen?

  /// Packs weights, which must not change as long as the result is in use.
  init(_ readout: Readout, _ weights: Parameters, _ kernels: Kernels, withScreen: Bool) {
    self.readout = readout
    deepOutput = readout.deepOutput?.packed(weights, kernels)
    output = readout.output.linear.packed(weights, kernels)
    screen = withScreen ? readout.output.linear.screen(weights, kernels) : nil
  }

  /// What the projection reads, `[n, F]`, of the features of a step and the word vectors it read.
  func read(_ features: Matrix, embedded: Matrix, _ pass: Pass) -> Matrix {
    readout.deepOutput?.forward(features, embedded: embedded, with: deepOutput, pass).output
      ?? features
  }

  /// The scores of all tokens, `[n, V]`, from what the projection reads.
  package func logits(of read: Matrix, _ pass: Pass) -> Matrix {
    let logits = pass.workspace.matrix(rows: read.rows, columns: readout.output.vocabulary)
    readout.output.linear.forward(read, output, into: logits, pass)
    return logits
  }
}
