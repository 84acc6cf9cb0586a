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
  /// A value or `null`; the text says what `null` stands for.
  case nullable(ConfigurationShape, null: String)
  /// One of several shapes.
  case either([ConfigurationShape])
  /// An object.
  case object(ConfigurationOutline)

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
    case .nullable(let shape, let meaning): "\(shape.words), or null (\(meaning))"
    case .either(let shapes): Words.choice(shapes.map(\.words))
    case .object(let outline):
      "an object with " + Words.list(outline.fields.map { "\"\($0.key)\"" })
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

/// What the documentation says of a configuration object.
package struct ConfigurationOutline: Sendable {
  /// One key of the object.
  package struct Field: Sendable {
    /// The key.
    package let key: String
    /// What it means, and when it counts.
    package let help: String
    /// What its value may be.
    package let shape: ConfigurationShape
    /// Its default as JSON; `nil` if the file has to state it or the default depends on other keys.
    package let defaultValue: JSON?
    /// The default in words, where it depends on other keys.
    package let defaultWords: String?
    /// Whether the file has to state it.
    package let required: Bool
  }

  /// One line on what the object is for.
  package let about: String
  /// Its keys in order.
  package let fields: [Field]

  init<Object: Configuration>(_ type: Object.Type) {
    let defaults = Object()
    about = Object.about
    fields = Object.fields.map { field in
      let condition = field.condition.map {
        " Counts only if `\($0.key)` is \($0.valuesInWords)."
      }
      let isConstant = !field.required && field.defaultWords == nil
      return Field(
        key: field.key, help: field.help + (condition ?? ""), shape: field.shape,
        defaultValue: isConstant ? field.write(defaults) : nil,
        defaultWords: field.defaultWords, required: field.required)
    }
  }
}
