import Testing

@testable import DragomanTensor

@Suite struct `A slab of parameters` {
  /// A layout with one tensor of every kind, after `before`.
  static func layout(_ before: [String] = []) -> (ParameterLayout, [Parameter]) {
    var layout = ParameterLayout()
    for name in before { _ = layout.matrix(name, rows: 3, columns: 5, .glorot(gates: 1)) }
    let handles = [
      layout.vector("bias", size: 21, .zeros),
      layout.matrix("input", rows: 21, columns: 5, .glorot(gates: 3)),
      layout.matrix("recurrent", rows: 21, columns: 7, .orthogonal(gates: 3)),
      layout.matrix("embedding", rows: 300, columns: 16, .normal(deviation: 0.25)),
      layout.vector("forget", size: 28, .ones(gate: 1, of: 4)),
    ]
    return (layout, handles)
  }

  @Test func `every tensor starts on a cache line, by its name or its handle`() {
    let (layout, handles) = `A slab of parameters`.layout()
    let parameters = Parameters(layout: layout)
    #expect(layout.count % 16 == 0)
    #expect(layout.parameterCount == 21 + 105 + 147 + 4800 + 28)
    for (entry, handle) in zip(layout.entries, handles) {
      #expect(entry.handle == handle && handle.offset % 16 == 0)
      parameters[handle][0, 0] = 5
      #expect(parameters[named: entry.name]?[0, 0] == 5)
    }
    #expect(parameters[named: "nothing"] == nil)
    #expect(layout.entries.map(\.shape) == [[21], [21, 5], [21, 7], [300, 16], [28]])
  }

  @Test func `statistics follow what stands in the place of their gradients`() {
    var layout = ParameterLayout()
    let weight = layout.matrix("weight", rows: 2, columns: 3, .normal(deviation: 1))
    let mean = layout.statistic("mean", size: 3, .ones(gate: 0, of: 1), momentum: 0.25)
    #expect(layout.entries.map(\.isStatistic) == [false, true])
    #expect(layout.entries.map(\.momentum) == [nil, 0.25])
    let (weights, gradients) = (Parameters(layout: layout), Parameters(layout: layout))
    weights.initialize(seed: 1)
    let before = weights[weight].elements
    gradients[weight].write([1, 2, 3, 4, 5, 6], at: 0)
    gradients[mean].write([2, -6, 10], at: 0)
    weights.follow(statisticsIn: gradients, passes: 2, Kernels(threads: 1))
    #expect(weights[mean].elements == [1, 0, 2])
    #expect(weights[weight].elements == before)
    #expect(gradients[mean].elements == [0, 0, 0])
    #expect(gradients[weight].elements == [1, 2, 3, 4, 5, 6])
  }

  @Test func `a copy has its own memory, clearing clears`() {
    let parameters = Parameters(layout: `A slab of parameters`.layout().0)
    parameters.initialize(seed: 1)
    let copy = parameters.copy()
    parameters.clear(Kernels(threads: 1))
    #expect(parameters.slab.elements.allSatisfy { $0 == 0 })
    #expect(copy.slab.elements.contains { $0 != 0 })
  }

  @Test func `initialization keeps to its bounds`() {
    let (layout, handles) = `A slab of parameters`.layout()
    let parameters = Parameters(layout: layout)
    parameters.initialize(seed: 1)
    #expect(parameters[handles[0]].elements.allSatisfy { $0 == 0 })
    // Gates of 7 × 5.
    let input = parameters[handles[1]].elements
    let limit = Float((6.0 / 12).squareRoot())
    #expect(input.allSatisfy { abs($0) <= limit } && input.contains { abs($0) > 0.8 * limit })
    #expect(Set(input).count == 105)
    let recurrent = parameters[handles[2]]
    for gate in 0..<3 {
      let block = recurrent.rows(7 * gate..<7 * gate + 7)
      for i in 0..<7 {
        for j in 0..<7 {
          let dot = (0..<7).reduce(0.0) { $0 + Double(block[i, $1]) * Double(block[j, $1]) }
          #expect(abs(dot - (i == j ? 1 : 0)) < 2e-6)
        }
      }
    }
    #expect(recurrent.rows(0..<7).elements != recurrent.rows(7..<14).elements)
    let embedding = parameters[handles[3]].elements.map { Double($0) }
    let mean = embedding.reduce(0, +) / 4800
    let variance = embedding.reduce(0) { $0 + $1 * $1 } / 4800
    #expect(abs(mean) < 0.02 && abs(variance.squareRoot() - 0.25) < 0.015)
    let forget = parameters[handles[4]].elements
    #expect(forget == (0..<28).map { (7..<14).contains($0) ? 1 : 0 })
  }

  @Test func `a tensor does not depend on the others, but on seed and name`() {
    func weights(_ before: [String], seed: UInt64) -> Parameters {
      let parameters = Parameters(layout: `A slab of parameters`.layout(before).0)
      parameters.initialize(seed: seed)
      return parameters
    }
    let (plain, more) = (weights([], seed: 1), weights(["x", "y"], seed: 1))
    let other = weights([], seed: 2)
    for name in ["input", "recurrent", "embedding"] {
      #expect(plain[named: name]?.elements == more[named: name]?.elements)
      #expect(plain[named: name]?.elements != other[named: name]?.elements)
    }
    #expect(more[named: "x"]?.elements != more[named: "y"]?.elements)
  }

  @Test func `a name given twice traps`() async {
    await #expect(processExitsWith: .failure) {
      var layout = ParameterLayout()
      _ = layout.vector("a", size: 1, .zeros)
      _ = layout.vector("a", size: 2, .zeros)
    }
  }
}
