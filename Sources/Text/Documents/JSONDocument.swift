import DragomanFormats

/// A JSON file that is one value over many lines, not JSON Lines.
struct JSONDocument {
  private var bytes: [UInt8] = []
  private var lines = 0

  /// `nil` if the first line may be an object of its own.
  init?(firstLine: ArraySlice<UInt8>, number: Int) {
    let signs = firstLine.filter { $0 > 0x20 }
    guard signs.first == UInt8(ascii: "[") || signs == [UInt8(ascii: "{")] else { return nil }
  }

  /// Adds a line, and the blank ones before it.
  mutating func add(_ line: ArraySlice<UInt8>, number: Int) {
    while lines < number - 1 { endLine() }
    bytes += line
    endLine()
  }

  private mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    lines += 1
  }

  /// The objects of the array that it is.
  func objects(path: String) throws(CorpusError) -> [JSON] {
    guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") else {
      throw .otherFormat(
        path: path, kind: "one JSON object over many lines",
        remedy:
          "JSON Lines has an object with both sides on every line; an array of such objects is read, too. "
          + "Texts of one language by their keys are not read.")
    }
    let value: JSON
    do {
      value = try JSON.parse(bytes, file: path)
    } catch .text(_, let position, let expected, let found) {
      throw .malformed(
        path: path, line: position.line, column: position.column,
        problem: "expected \(expected), found \(found).")
    } catch {
      throw .malformed(path: path, line: 1, column: 1, problem: error.description)
    }
    let objects = value.array ?? []
    for object in objects where object.members == nil {
      throw .malformed(
        path: path, line: object.position.line, column: object.position.column,
        problem: "expected an object with both sides, found \(object.brief).")
    }
    return objects
  }
}
