import DragomanLayers
import DragomanTensor

/// Rows of features as they are, straight to what pools them or attends to them; it has no parameters.
///
///     h = dropout(f)
package struct FeaturesEncoder: Sendable {
  /// d, the numbers of a row.
  package let width: Int
  private let encodedDropout: Dropout

  /// An encoder of rows of so many numbers.
  init(size: Int, in model: ModelConfiguration) {
    width = size
    encodedDropout = model.dropout.mask(model.dropout.encoded, "encoder")
  }

  /// Puts the rows of B examples one after the other, `[N, d]`.
  func forward(_ source: Source, _ pass: Pass) -> EncodedSource {
    guard case .features(let rows) = source, rows.size == width else {
      preconditionFailure("a source other than rows of \(width) numbers")
    }
    let states = rows.matrix(pass)
    encodedDropout.apply(to: states, sentences: rows.offsets.sentencesOfRows[...], pass)
    return EncodedSource(states: RaggedMatrix(states, offsets: rows.offsets), finals: nil)
  }
}
