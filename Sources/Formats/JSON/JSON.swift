/// A JSON value that knows where it stood.
///
/// Members keep their order and numbers their text, so that a reader can say exactly what it found where.
/// The strict parser is ``parse(_:file:maximumDepth:)``; ``serialized(pretty:)`` writes.
package struct JSON: Sendable {
  /// What kind of value, and the value.
  package enum Kind: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as it was written.
    case number(String)
    /// A string, without its escapes.
    case string(String)
    /// The elements of an array.
    case array([JSON])
    /// The members of an object, in their order; no name comes twice.
    case object([Member])
  }

  /// A name and its value in an object.
  package struct Member: Sendable {
    /// The name.
    package let name: String
    /// Where the name stood.
    package let namePosition: JSONPosition
    /// The value.
    package let value: JSON

    /// A member.
    package init(name: String, namePosition: JSONPosition = JSONPosition(), value: JSON) {
      self.name = name
      self.namePosition = namePosition
      self.value = value
    }

    /// Whether it has this name, compared scalar by scalar.
    func isNamed(_ name: String) -> Bool { ExactText.areEqual(self.name, name) }
  }

  /// The value.
  package let kind: Kind
  /// Where it stood; line 0 if it was made in code.
  package let position: JSONPosition

  /// A value.
  package init(_ kind: Kind, at position: JSONPosition = JSONPosition()) {
    self.kind = kind
    self.position = position
  }
}

/// A place in a text.
package struct JSONPosition: Sendable, Equatable {
  /// The line, from 1; 0 for a value that was made in code.
  package let line: Int
  /// The column, from 1, in Unicode scalars.
  package let column: Int
  /// The byte, from 0.
  package let offset: Int

  /// A place, or none.
  package init(line: Int = 0, column: Int = 0, offset: Int = 0) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// The place of a value that is only advised: one that does not count beside what is stated is left out.
  package static let advice = JSONPosition(line: -1)
}

// MARK: - Reading

extension JSON {
  /// The number if it is written as an integer and fits; `2.0` and `2e0` are none.
  package var int: Int? {
    if case .number(let text) = kind { Int(text) } else { nil }
  }
  /// The number nearest to what is written; `nil` if that is beyond all finite ones, as `1e999` is.
  package var double: Double? {
    guard case .number(let text) = kind, let value = Double(text), value.isFinite else {
      return nil
    }
    return value
  }
  /// The string.
  package var string: String? {
    if case .string(let text) = kind { text } else { nil }
  }
  /// The truth value.
  package var bool: Bool? {
    if case .bool(let value) = kind { value } else { nil }
  }
  /// The elements.
  package var array: [JSON]? {
    if case .array(let elements) = kind { elements } else { nil }
  }
  /// The members.
  package var members: [Member]? {
    if case .object(let members) = kind { members } else { nil }
  }
  /// Whether it is `null`.
  package var isNull: Bool {
    if case .null = kind { true } else { false }
  }
  /// The value of a member, compared scalar by scalar.
  package subscript(name: String) -> JSON? {
    members?.first { $0.isNamed(name) }?.value
  }

  /// The value in few words, for messages: `"ab"`, `3`, `an object`.
  package var brief: String {
    switch kind {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let text): text.utf8.count > 40 ? "\(text.prefix(37))…" : text
    case .string(let text): Excerpt.quoted(text, mark: "\"")
    case .array(let elements): elements.isEmpty ? "an empty array" : "an array"
    case .object: "an object"
    }
  }
}
