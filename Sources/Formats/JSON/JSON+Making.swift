extension JSON {
  /// `null`.
  package static var null: JSON { JSON(.null) }
  /// A truth value.
  package static func bool(_ value: Bool) -> JSON { JSON(.bool(value)) }
  /// An integer.
  package static func int(_ value: Int) -> JSON { JSON(.number("\(value)")) }
  /// A number in the fewest digits that give it back; `null` for infinities and NaN, which JSON cannot hold.
  package static func double(_ value: Double) -> JSON {
    guard value.isFinite else { return .null }
    let text = "\(value)"
    // A negative zero keeps its point, since -0 would be read as an integer.
    let isWhole = text.hasSuffix(".0") && text != "-0.0"
    return JSON(.number(isWhole ? String(text.dropLast(2)) : text))
  }
  /// A string.
  package static func string(_ value: String) -> JSON { JSON(.string(value)) }
  /// An array.
  package static func array(_ elements: [JSON]) -> JSON { JSON(.array(elements)) }
  /// An object of members.
  package static func object(_ members: [Member]) -> JSON { JSON(.object(members)) }
  /// An object of names and values.
  package static func object(_ members: [(String, JSON)]) -> JSON {
    JSON(.object(members.map { Member(name: $0.0, value: $0.1) }))
  }
}
