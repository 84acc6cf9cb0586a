import DragomanTensor
import Testing

@testable import DragomanLayers

@Suite struct `Dropout masks` {
  static let order = PackedOrder(offsets: [0, 2, 6, 7])

  /// The mask of each row of ones, `[7, 40]`.
  func masks(_ isVariational: Bool, update: UInt64 = 3, path: String = "encoder.1.input")
    -> [[Float]]
  {
    let pass = Pass(
      weights: Parameters(layout: ParameterLayout()),
      workspace: Workspace(kernels: Kernels(threads: 1)), noise: Noise(seed: 9, update: update))
    let ones = Matrix(rows: 7, columns: 40, repeating: 1)
    Dropout(probability: 0.5, path: path, isVariational: isVariational)
      .apply(to: ones, sentences: Self.order.rowSentences[...], pass)
    return (0..<7).map { ones.rows($0..<($0 + 1)).elements }
  }

  @Test func `draws one mask a row`() {
    #expect(Set(masks(false)).count == 7)
  }

  @Test func `draws one mask a sentence if it is variational`() {
    let rows = masks(true)
    #expect(Set(rows).count == 3)
    #expect(rows[0] == rows[1] && Set(rows[2...5]).count == 1)
    #expect(Set(rows + masks(true, update: 4) + masks(true, path: "encoder.2.input")).count == 9)
  }

  @Test func `knows the sentence of each row in both orders`() {
    #expect(Self.order.rowSentences == [0, 0, 1, 1, 1, 1, 2])
    #expect(Self.order.packedSentences == [1, 0, 2, 1, 0, 1, 1])
  }
}
