/// What the value of a key may be, as data: the source of the schema, the errors and the documentation.
package indirect enum ConfigurationShape: Sendable {
  /// `true` or `false`.
  case boolean
  /// A whole number.
  case integer(atLeast: Int, atMost: Int)
  /// A number with bounds; a bound that is `nil` does not exist.
  case number(from: Double? = nil, above: Double? = nil, below: Double? = nil)
  /// A text; the words say of what kind, with their article.
  case text(String)
  /// One of some texts.
  case choice([String])
  /// A list.
  case list(ConfigurationShape, atLeast: Int)
  /// An object whose keys nobody knows beforehand; the words say what they name.
  case mapping(ConfigurationShape, by: String)
  /// A value or `null`; the text says what `null` stands for.
  case nullable(ConfigurationShape, null: String)
  /// One of several shapes.
  case either([ConfigurationShape])
  /// An object.
  case object(ConfigurationOutline)
  /// One of several objects, chosen by the key `kind`.
  case union(ConfigurationUnionOutline)

  /// What whole numbers are at most, where nothing else is said: more than anybody needs, and sums and products of two
  /// of them do not overflow.
  package static let greatest = 1_000_000_000

  /// What a value must be, to follow "it must be": `a number in 0..<1`.
  package var words: String {
    switch self {
    case .boolean: "true or false"
    case .integer(let minimum, Self.greatest), .integer(let minimum, .max):
      "a whole number of at least \(minimum)"
    case .integer(let minimum, let maximum):
      "a whole number of at least \(minimum) and at most \(NumberText.grouped(maximum))"
    case .number: "a number \(rule)"
    case .text(let words): words
    case .choice(let options): Words.choice(options.map { "\"\($0)\"" })
    case .list(let element, let minimum):
      (minimum == 0 ? "a list" : "a list of at least \(minimum)") + ", each \(element.words)"
    case .mapping(let value, let names): "an object by \(names), each value \(value.words)"
    case .nullable(let shape, let meaning): "\(shape.words), or null (\(meaning))"
    case .either(let shapes): Words.choice(shapes.map(\.words))
    case .object(let outline):
      "an object with " + Words.list(outline.fields.map { "\"\($0.key)\"" })
    case .union(let union): "an object whose \"kind\" is \(union.choice.words)"
    }
  }

  /// Whether it is an object, of which missing keys have defaults.
  var isObject: Bool {
    switch self {
    case .object, .union: true
    default: false
    }
  }

  /// The bounds of a number, to follow "it must be": `in 0..<1` or `greater than 0`.
  var rule: String {
    switch self {
    case .number(let from?, nil, let below?):
      "in \(Words.number(from))..<\(Words.number(below))"
    case .number(let from, let above, let below):
      [
        from.map { "at least \(Words.number($0))" },
        above.map { "greater than \(Words.number($0))" },
        below.map { "less than \(Words.number($0))" },
      ].compactMap { $0 }.joined(separator: " and ")
    default: words
    }
  }
}
