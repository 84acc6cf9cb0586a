import DragomanFormats
import DragomanLayers
import DragomanTensor

/// The values of one gate, or of another part of a layer, over many tokens.
struct ActivationStatistics: Sendable {
  /// A unit whose standard deviation is below this hardly moves.
  static let stillness = 0.01

  /// Whose values they are.
  let name: String
  private let range: GateRange
  private var tokens = 0
  private var low = 0
  private var high = 0
  private var sums: [Double]
  private var squares: [Double]

  /// Statistics of nothing yet.
  init(_ name: String, range: GateRange, units: Int) {
    (self.name, self.range) = (name, range)
    sums = Array(repeating: 0, count: units)
    squares = sums
  }

  /// H.
  var units: Int { sums.count }
  /// The share of values near the lower bound.
  var lowShare: Double { Double(low) / Double(max(tokens * units, 1)) }
  /// The share of values near the upper bound.
  var highShare: Double { Double(high) / Double(max(tokens * units, 1)) }
  /// The units that hardly move.
  var stillUnits: [Int] {
    sums.indices.filter { unit in
      let mean = sums[unit] / Double(max(tokens, 1))
      return squares[unit] / Double(max(tokens, 1)) - mean * mean < Self.stillness * Self.stillness
    }
  }

  /// What is near the lower bound and what near the upper one.
  private var bounds: (lower: Float, upper: Float) {
    switch range {
    case .sigmoid: (0.05, 0.95)
    case .tanh: (-0.95, 0.95)
    case .unbounded: (-.infinity, .infinity)
    }
  }

  /// The units that were 0 for every token.
  var deadUnits: [Int] { squares.indices.filter { tokens > 0 && squares[$0] == 0 } }

  /// Adds a row of values per token.
  mutating func add(_ values: Matrix) {
    let elements = values.elements
    let (lower, upper) = bounds
    tokens += values.rows
    var unit = 0
    for value in elements {
      if value < lower { low += 1 }
      if value > upper { high += 1 }
      sums[unit] += Double(value)
      squares[unit] += Double(value) * Double(value)
      unit = unit + 1 == sums.count ? 0 : unit + 1
    }
  }

  /// The statistics for programs.
  var json: JSON {
    [
      "name": .string(name), "units": .int(units), "low": .double(lowShare),
      "high": .double(highShare), "still": .ints(stillUnits),
      "dead": .ints(deadUnits),
    ]
  }
}
