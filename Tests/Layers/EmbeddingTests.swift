import DragomanTensor
import Testing

@testable import DragomanLayers

@Suite struct `An embedding` {
  private var layout = ParameterLayout()
  private let plain: Embedding
  private let weights: Parameters
  private let ids = (0..<90).map { Int32($0 % 7) }

  init() {
    plain = Embedding(name: "table", vocabulary: 7, size: 5, layout: &layout)
    weights = Parameters(layout: layout)
    weights.initialize(seed: 1)
  }

  private func pass(_ noise: Noise?) -> Pass {
    Pass(weights: weights, workspace: Workspace(kernels: Kernels(threads: 1)), noise: noise)
  }

  @Test func `drops whole words, each token on its own, while training`() {
    let embedding = plain.dropping(Dropout(probability: 0.25, path: "table.words"))
    let expected = plain.forward(ids, pass(nil)).elements
    #expect(embedding.forward(ids, pass(nil)).elements == expected)
    let noise = Noise(seed: 1, update: 2)
    let found = embedding.forward(ids, pass(noise))
    var dropped: [Int: Set<Bool>] = [:]
    for row in ids.indices {
      let original = expected[(row * 5)..<(row * 5 + 5)]
      let isDropped = found.rows(row..<(row + 1)).elements.allSatisfy { $0 == 0 }
      dropped[row % 7, default: []].insert(isDropped)
      if !isDropped {
        #expect(found.rows(row..<(row + 1)).elements == original.map { $0 * Float(1 / 0.75) })
      }
    }
    // Some word was dropped here and kept there.
    #expect(dropped.values.contains([false, true]))
    #expect(embedding.forward(ids, pass(noise)).elements == found.elements)
    let other = embedding.forward(ids, pass(Noise(seed: 1, update: 3)))
    #expect(other.elements != found.elements)
  }

  @Test func `gives no gradient to a word that was dropped`() {
    let embedding = plain.dropping(Dropout(probability: 0.5, path: "table.words"))
    let ids: [Int32] = [0, 1, 2, 3, 4, 5, 6]
    let pass = pass(Noise(seed: 1, update: 2))
    let words = embedding.forward(ids, pass)
    let gradients = Parameters(layout: layout)
    embedding.backward(
      Matrix(rows: 7, columns: 5, repeating: 1), ids: ids, pass, gradients: gradients)
    let table = gradients.slab
    var kept = 0
    for row in 0..<7 {
      let isDropped = words.rows(row..<(row + 1)).elements.allSatisfy { $0 == 0 }
      kept += isDropped ? 0 : 1
      for column in 0..<5 { #expect(table[0, row * 5 + column] == (isDropped ? 0 : 2)) }
    }
    #expect(kept > 0 && kept < 7)
  }
}
