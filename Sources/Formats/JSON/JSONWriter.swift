extension JSON {
  /// The value as text: on one line without spaces, or with a line per member and two spaces of indent.
  package func serialized(pretty: Bool = false) -> String {
    var writer = JSONWriter(isPretty: pretty)
    writer.write(self, depth: 0)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Writes values to UTF-8.
struct JSONWriter {
  let isPretty: Bool
  var bytes: [UInt8] = []

  init(isPretty: Bool) {
    self.isPretty = isPretty
  }

  mutating func write(_ json: JSON, depth: Int) {
    switch json.kind {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .number(let text): bytes += text.utf8
    case .string(let text): write(text)
    case .array(let elements):
      // Short arrays of plain values stay on their line.
      let isFlat = elements.allSatisfy { $0.array == nil && $0.members == nil }
      list("[", "]", elements.count, depth: isFlat ? nil : depth) { writer, index, depth in
        writer.write(elements[index], depth: depth)
      }
    case .object(let members):
      list("{", "}", members.count, depth: depth) { writer, index, depth in
        writer.write(members[index].name)
        writer.bytes += (writer.isPretty ? ": " : ":").utf8
        writer.write(members[index].value, depth: depth)
      }
    }
  }

  private mutating func list(
    _ open: String, _ close: String, _ count: Int, depth: Int?,
    _ element: (inout Self, Int, Int) -> Void
  ) {
    bytes += open.utf8
    for index in 0..<count {
      if index > 0 { bytes += (isPretty && depth == nil ? ", " : ",").utf8 }
      if let depth { indent(depth + 1) }
      element(&self, index, (depth ?? 0) + 1)
    }
    if let depth, count > 0 { indent(depth) }
    bytes += close.utf8
  }

  private mutating func indent(_ depth: Int) {
    guard isPretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: 2 * depth)
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0..<0x20, 0x7F:
        let digits = Array("0123456789abcdef".utf8)
        bytes += "\\u00".utf8
        bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
