/// What the documentation says of a configuration object.
///
/// Reading asks it for present names alone, at every start of the program; so what else it says of a key is put
/// together when somebody asks.
package struct ConfigurationOutline: Sendable {
  /// One key of the object.
  package struct Field: Sendable {
    /// The key.
    package let key: String
    /// A name that the key had before, which is still read.
    package let formerKey: String?
    /// What it means, and when it counts.
    package var help: String { makeHelp() }
    /// What its value may be.
    package var shape: ConfigurationShape { makeShape() }
    /// Its default as JSON; `nil` if the file has to state it or the default depends on other keys.
    package var defaultValue: JSON? { makeDefault() }
    /// The default in words, where it depends on other keys.
    package let defaultWords: String?
    /// Whether the file has to state it.
    package let required: Bool

    private let makeHelp: @Sendable () -> String
    private let makeShape: @Sendable () -> ConfigurationShape
    private let makeDefault: @Sendable () -> JSON?

    fileprivate init<Object: Configuration>(_ field: ConfigurationField<Object>) {
      (key, formerKey) = (field.key, field.formerKey)
      (defaultWords, required) = (field.defaultWords, field.required)
      makeShape = { field.shape }
      makeHelp = {
        let condition = field.condition.map {
          " Counts only if `\($0.key)` is \($0.valuesInWords)."
        }
        let former = field.formerKey.map { " Its earlier name `\($0)` is still read." }
        return field.help + (condition ?? "") + (former ?? "")
      }
      makeDefault = {
        field.required || field.defaultWords != nil ? nil : field.write(Object())
      }
    }
  }

  /// One line on what the object is for.
  package let about: String
  /// Its keys in order.
  package let fields: [Field]

  init<Object: Configuration>(_ type: Object.Type) {
    about = Object.about
    fields = Object.fields.map { Field($0) }
  }

  /// The field that has this name, or had it before.
  func field(named name: String) -> Field? {
    fields.first { ExactText.areEqual($0.key, name) }
      ?? fields.first { $0.formerKey.map { ExactText.areEqual($0, name) } ?? false }
  }
}

/// What the documentation says of a value that is one of several objects.
package struct ConfigurationUnionOutline: Sendable {
  /// One of the objects.
  package struct Alternative: Sendable {
    /// The `kind` that chooses it.
    package let name: String
    /// What is said of it.
    package var outline: ConfigurationOutline { described.value }

    fileprivate let described: Deferred<ConfigurationOutline>
  }

  /// One line on what the value is for.
  package let about: String
  /// The objects.
  package let kinds: [Alternative]
  /// The kind of a file that states none.
  package let defaultKind: String

  init<Union: ConfigurationUnion>(_ type: Union.Type) {
    about = Union.about
    kinds = Union.Kind.allCases.map { kind in
      Alternative(
        name: kind.rawValue, described: Deferred { Union.alternative(kind).outline() })
    }
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
