/// Many lines of token numbers in two allocations: the numbers, end to end, and where each line starts.
public struct EncodedLines: Sendable, Equatable, RandomAccessCollection {
  /// The token numbers of all lines.
  public private(set) var ids: [Int32] = []
  /// Where each line starts in ``ids``, and behind the last one where it ends: `count + 1` numbers.
  public private(set) var offsets: [Int] = [0]

  /// No lines.
  public init() {}

  /// The position of the first line, 0.
  public var startIndex: Int { 0 }
  /// The number of lines.
  public var endIndex: Int { offsets.count - 1 }

  /// The token numbers of a line.
  public subscript(index: Int) -> ArraySlice<Int32> { ids[offsets[index]..<offsets[index + 1]] }

  /// The number of tokens of a line.
  public func length(at index: Int) -> Int { offsets[index + 1] - offsets[index] }

  /// Adds a line at the end.
  public mutating func append(_ line: some Sequence<Int32>) {
    ids.append(contentsOf: line)
    offsets.append(ids.count)
  }

  /// Adds the line that `write` appends.
  mutating func append(_ write: (inout [Int32]) -> Void) {
    write(&ids)
    offsets.append(ids.count)
  }

  /// Takes the last line away again.
  mutating func removeLast() {
    offsets.removeLast()
    ids.removeLast(ids.count - (offsets.last ?? 0))
  }
}
