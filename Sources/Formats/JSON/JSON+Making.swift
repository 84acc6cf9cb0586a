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
  /// A number in single precision in the fewest digits that give it back; `null` for infinities and NaN.
  package static func float(_ value: Float) -> JSON {
    value.isFinite ? JSON(.number("\(value)")) : .null
  }
  /// A string.
  package static func string(_ value: String) -> JSON { JSON(.string(value)) }
  /// An array.
  package static func array(_ elements: [JSON]) -> JSON { JSON(.array(elements)) }
  /// An array of strings.
  package static func strings(_ values: some Sequence<String>) -> JSON {
    .array(values.map { .string($0) })
  }
  /// An array of integers.
  package static func ints(_ values: some Sequence<Int>) -> JSON { .array(values.map { .int($0) }) }
  /// An array of numbers in single precision.
  package static func floats(_ values: some Sequence<Float>) -> JSON {
    .array(values.map { .float($0) })
  }
  /// An object of members.
  package static func object(_ members: [Member]) -> JSON { JSON(.object(members)) }
  /// An object of names and values, for names that are computed; otherwise a literal reads better.
  package static func object(_ members: [(String, JSON)]) -> JSON {
    JSON(.object(members.map { Member(name: $0.0, value: $0.1) }))
  }

  /// An object with the members of another one after its own; no name may be in both.
  package func adding(_ other: JSON) -> JSON {
    guard let own = members, let others = other.members else {
      preconditionFailure("\(brief) and \(other.brief) are not two objects")
    }
    return JSON(.object(Self.distinct(own + others)), at: position)
  }

  fileprivate static func distinct(_ members: [Member]) -> [Member] {
    var names: Set<ExactText> = []
    for member in members {
      precondition(names.insert(ExactText(member.name)).inserted, "\(member.name) comes twice")
    }
    return members
  }
}

// MARK: - Literals

/// `["name": "a", "count": .int(n), "rate": rate.map { .double($0) }]`: an object whose members keep their order.
///
/// A member whose value is `nil` is left out; null is `.null`. A name that comes twice traps.
extension JSON: ExpressibleByDictionaryLiteral {
  /// An object of these members.
  package init(dictionaryLiteral members: (String, JSON?)...) {
    self.init(
      .object(
        Self.distinct(
          members.compactMap { name, value in value.map { Member(name: name, value: $0) } })))
  }
}

extension JSON: ExpressibleByArrayLiteral {
  /// An array of these elements.
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON: ExpressibleByStringInterpolation {
  /// A string.
  package init(stringLiteral value: String) { self = .string(value) }
}

extension JSON: ExpressibleByIntegerLiteral {
  /// An integer.
  package init(integerLiteral value: Int) { self = .int(value) }
}

extension JSON: ExpressibleByFloatLiteral {
  /// A number.
  package init(floatLiteral value: Double) { self = .double(value) }
}

extension JSON: ExpressibleByBooleanLiteral {
  /// A truth value.
  package init(booleanLiteral value: Bool) { self = .bool(value) }
}
