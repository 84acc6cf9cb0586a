/// What the documentation says of a configuration object.
package struct ConfigurationOutline: Sendable {
  /// One key of the object.
  package struct Field: Sendable {
    /// The key.
    package let key: String
    /// A name that the key had before, which is still read.
    package let formerKey: String?
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
      let former = field.formerKey.map { " Its earlier name `\($0)` is still read." }
      let isConstant = !field.required && field.defaultWords == nil
      return Field(
        key: field.key, formerKey: field.formerKey,
        help: field.help + (condition ?? "") + (former ?? ""), shape: field.shape,
        defaultValue: isConstant ? field.write(defaults) : nil,
        defaultWords: field.defaultWords, required: field.required)
    }
  }

  /// The field that has this name, or had it before.
  func field(named name: String) -> Field? {
    fields.first { ExactText.areEqual($0.key, name) }
      ?? fields.first { $0.formerKey.map { ExactText.areEqual($0, name) } ?? false }
  }
}

/// What the documentation says of a value that is one of several objects.
package struct ConfigurationUnionOutline: Sendable {
  /// One line on what the value is for.
  package let about: String
  /// The objects, each with the `kind` that chooses it.
  package let kinds: [(name: String, outline: ConfigurationOutline)]
  /// The kind of a file that states none.
  package let defaultKind: String

  init<Union: ConfigurationUnion>(_ type: Union.Type) {
    about = Union.about
    kinds = Union.Kind.allCases.map { ($0.rawValue, Union.alternative($0).outline()) }
    defaultKind = Union().kind.rawValue
  }

  /// The names of the kinds.
  var names: [String] { kinds.map(\.name) }

  /// What the key `kind` may be.
  var choice: ConfigurationShape { .choice(names) }

  /// The object that a value in a file is.
  func outline(of json: JSON) -> ConfigurationOutline? { outline(of: kind(of: json)) }

  /// The object of a kind.
  func outline(of kind: String) -> ConfigurationOutline? {
    kinds.first { ExactText.areEqual($0.name, kind) }?.outline
  }

  /// The kind that a value in a file states or means.
  func kind(of json: JSON) -> String { json[ConfigurationTag.key]?.string ?? defaultKind }
}
