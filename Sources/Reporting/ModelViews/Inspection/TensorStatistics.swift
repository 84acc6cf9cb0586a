package import DragomanFormats

/// What a person wants to know about the numbers of a tensor.
package struct TensorStatistics: Sendable, Equatable {
  /// Finite numbers.
  package private(set) var count = 0
  /// Numbers that are infinite or not a number.
  package private(set) var nonFinite = 0
  /// Their mean.
  package private(set) var mean = 0.0
  /// The least of them.
  package private(set) var minimum = Double.infinity
  /// The greatest of them.
  package private(set) var maximum = -Double.infinity
  private var squares = 0.0
  private var spread = 0.0

  /// The root of the mean squared distance from the mean.
  package var deviation: Double { count == 0 ? 0 : (spread / Double(count)).squareRoot() }
  /// The root of the sum of squares.
  package var norm: Double { squares.squareRoot() }

  init() {}

  /// The statistics of a tensor; `nil` for types whose values are not plain numbers.
  package init?(_ tensor: SafetensorsReader.Tensor, of file: SafetensorsReader) throws {
    var statistics = TensorStatistics()
    guard try file.readValues(tensor, { statistics.add($0) }) else { return nil }
    self = statistics
  }

  /// Adds numbers one by one (Welford 1962, "Note on a method for calculating corrected sums of squares").
  mutating func add(_ values: [Double]) {
    for value in values {
      guard value.isFinite else {
        nonFinite += 1
        continue
      }
      count += 1
      let distance = value - mean
      mean += distance / Double(count)
      spread += distance * (value - mean)
      squares += value * value
      minimum = min(minimum, value)
      maximum = max(maximum, value)
    }
  }
}
