/// Pieces of English that error messages share.
package enum Words {
  /// `a`, `a or b`, `a, b or c`.
  package static func choice(_ items: [String]) -> String { join(items, "or") }

  /// `a`, `a and b`, `a, b and c`.
  package static func list(_ items: [String]) -> String { join(items, "and") }

  /// The first few of some items, and how many more there are.
  package static func list(_ items: [String], limit: Int) -> String {
    guard items.count > limit else { return list(items) }
    return items.prefix(limit).joined(separator: ", ") + " and \(items.count - limit) more"
  }

  /// So many of something: `1 layer`, `29,000 pairs`, and with a plural of its own `2 entries`.
  package static func count(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(NumberText.grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  private static func join(_ items: [String], _ word: String) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return "\(items.dropLast().joined(separator: ", ")) \(word) \(last)"
  }

  /// A value as found in a file, short enough for a line.
  static func value(_ json: JSON) -> String {
    switch json.kind {
    case .object: return "an object"
    case .array(let elements):
      return elements.isEmpty ? "an empty list" : "a list"
    default:
      let text = json.serialized(pretty: false)
      return text.unicodeScalars.count <= 60
        ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(57))) + "..."
    }
  }

  /// A number as people write it, without `.0`.
  static func number(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? "\(value)"
  }
}
