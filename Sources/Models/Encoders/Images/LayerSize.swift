import DragomanTensor

/// A row of the table of layers: what comes out, and what it takes.
package struct LayerSize: Sendable, Equatable {
  /// The layer, as its parameters are named.
  package let name: String
  /// What it is, in words.
  package let kind: String
  /// What comes out for one image: height, width and channels, or rows and numbers.
  package let output: [Int]
  /// Multiply-adds for one image.
  package let multiplications: Double
}
