package import DragomanTensor

/// The vectors of a batch of images: one for each pixel, or for each place of a coarser grid.
package struct Grid: Sendable {
  /// All vectors, `[B·H·W, C]`, image after image and line after line.
  package let matrix: Matrix
  /// How many images there are, and how large they are.
  package let shape: GridShape

  /// Vectors and the shape of the images they belong to.
  package init(_ matrix: Matrix, _ shape: GridShape) {
    precondition(
      matrix.rows == shape.rows, "\(matrix.rows) rows for \(shape.images) images of \(shape)")
    self.matrix = matrix
    self.shape = shape
  }

  /// C.
  package var channels: Int { matrix.columns }

  /// The same vectors as a list for each image: what a decoder attends to, and what pooling reads.
  package var ragged: RaggedMatrix { RaggedMatrix(matrix, offsets: shape.offsets) }
}
