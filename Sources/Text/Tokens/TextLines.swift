/// Many strings in two allocations: their UTF-8 bytes, end to end, and where each ends.
///
/// A million sentences as `[String]` are a million blocks on the heap; as `TextLines` they are two. A
/// string is made only where an element is asked for.
package struct TextLines: Sendable, Equatable, RandomAccessCollection {
  private(set) var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// No lines.
  package init() {}

  /// The given lines, in order.
  package init(_ lines: some Sequence<String>) {
    for line in lines { append(line) }
  }

  /// The position of the first line, 0.
  package var startIndex: Int { 0 }
  /// The number of lines.
  package var endIndex: Int { ends.count }

  /// The line at `index`.
  package subscript(index: Int) -> String {
    String(decoding: bytes[range(at: index)], as: UTF8.self)
  }

  /// Adds a line at the end.
  package mutating func append(_ line: String) {
    bytes.append(contentsOf: line.utf8)
    ends.append(bytes.count)
  }

  /// Adds a line of valid UTF-8 at the end.
  mutating func append(utf8 line: ArraySlice<UInt8>) {
    bytes.append(contentsOf: line)
    ends.append(bytes.count)
  }

  /// Adds a line of valid UTF-8 at the end.
  mutating func append(utf8 line: Span<UInt8>) {
    for index in line.indices { bytes.append(line[index]) }
    ends.append(bytes.count)
  }

  /// Adds bytes to a line that ``endLine()`` will complete.
  mutating func extendLine(_ part: ArraySlice<UInt8>) { bytes.append(contentsOf: part) }

  /// Adds the bytes of one scalar to a line that ``endLine()`` will complete.
  mutating func extendLine(_ part: [UInt8]) { bytes.append(contentsOf: part) }

  /// Completes a line.
  mutating func endLine() { ends.append(bytes.count) }

  /// Forgets all lines and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// The UTF-8 of the line at `index`.
  @inline(__always)
  func utf8(at index: Int) -> ArraySlice<UInt8> { bytes[range(at: index)] }

  @inline(__always)
  func range(at index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}
