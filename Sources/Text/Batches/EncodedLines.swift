/// Many lines of token numbers in two allocations: the numbers, end to end, and where each line starts.
///
/// A number takes two bytes, unless one is met that needs four: vocabularies of more than 65,536 tokens are
/// rare, and of a large corpus the numbers are most of what stays in memory.
package struct EncodedLines: Sendable, Equatable, RandomAccessCollection {
  /// Each number's 16 bits or, if ``isWide``, the low 16 and then the high.
  private var halves: [UInt16] = []
  private var isWide = false
  /// Which number each line starts with, and after the last one how many there are: `count + 1` numbers.
  package private(set) var offsets: [Int] = [0]

  /// No lines.
  package init() {}

  /// The position of the first line, 0.
  package var startIndex: Int { 0 }
  /// The number of lines.
  package var endIndex: Int { offsets.count - 1 }
  /// The number of tokens of all lines.
  package var tokenCount: Int { offsets[offsets.count - 1] }

  /// The token numbers of a line.
  package subscript(index: Int) -> [Int32] {
    var ids: [Int32] = []
    appendIDs(at: index, to: &ids)
    return ids
  }

  /// Appends the token numbers of a line to `ids`.
  func appendIDs(at index: Int, to ids: inout [Int32]) {
    appendIDs(offsets[index]..<offsets[index + 1], to: &ids)
  }

  /// The number of tokens of a line.
  package func length(at index: Int) -> Int { offsets[index + 1] - offsets[index] }

  /// Appends token numbers to `ids`, by their places among those of all lines.
  package func appendIDs(_ places: Range<Int>, to ids: inout [Int32]) {
    if isWide {
      for place in places {
        ids.append(Int32(halves[2 * place]) | Int32(halves[2 * place + 1]) << 16)
      }
    } else {
      for place in places { ids.append(Int32(halves[place])) }
    }
  }

  /// Adds a line at the end; its numbers are not negative.
  package mutating func append(_ line: [Int32]) {
    if !isWide, line.contains(where: { $0 > Int32(UInt16.max) }) { widen() }
    for id in line {
      halves.append(UInt16(truncatingIfNeeded: id))
      if isWide { halves.append(UInt16(id >> 16)) }
    }
    offsets.append(tokenCount + line.count)
  }

  /// Adds lines at the end.
  mutating func append(contentsOf lines: EncodedLines) {
    var lines = lines
    if lines.isWide && !isWide { widen() }
    if isWide && !lines.isWide { lines.widen() }
    halves.append(contentsOf: lines.halves)
    let start = tokenCount
    offsets.append(contentsOf: lines.offsets.dropFirst().lazy.map { start + $0 })
  }

  /// Takes memory for `factor` times as many lines of the same kind.
  mutating func reserve(times factor: Double) {
    halves.reserveCapacity(Int(Double(halves.count) * factor))
    offsets.reserveCapacity(Int(Double(offsets.count) * factor))
  }

  private mutating func widen() {
    halves = halves.flatMap { [$0, 0] }
    isWide = true
  }
}
