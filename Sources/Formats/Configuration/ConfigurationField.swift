/// One key of a configuration object: where its value is kept, what it may be, and what it is for.
package struct ConfigurationField<Object: Sendable>: Sendable {
  /// The key in the file.
  package let key: String
  /// A name that the key had before; files that have it are still read.
  package let formerKey: String?
  /// What it means, in a sentence or two.
  package let help: String
  /// Whether the file has to state it.
  package let required: Bool
  /// The default in words, where it is not a constant.
  package let defaultWords: String?
  /// When the key counts at all; `nil` means always.
  package let condition: ConfigurationCondition<Object>?

  let path: any PartialKeyPath<Object> & Sendable
  let isObject: Bool
  let read: @Sendable (JSON, inout ConfigurationReader, inout Object) -> Void
  let write: @Sendable (Object) -> JSON
  let reset: @Sendable (inout Object) -> Void
  let isDefault: @Sendable (Object) -> Bool
  let then: (@Sendable (inout Object) -> Void)?
  private let describe: @Sendable () -> ConfigurationShape

  /// Describes the key `key`, kept at `path`.
  ///
  /// - Parameters:
  ///   - path: The property that holds the value.
  ///   - key: The key in the file.
  ///   - formerKey: A name that the key had before; files that have it are still read.
  ///   - type: What the value may be.
  ///   - required: Whether the file has to state it.
  ///   - condition: When the key counts; stating it otherwise is an error.
  ///   - defaultWords: The default in words, where it depends on other keys.
  ///   - help: What it means; a sentence or two.
  ///   - then: Runs once this field is settled, and may change the defaults of the fields after it.
  package init<Value: Equatable & Sendable>(
    _ path: any WritableKeyPath<Object, Value> & Sendable, _ key: String,
    formerly formerKey: String? = nil, _ type: ConfigurationType<Value>, required: Bool = false,
    when condition: ConfigurationCondition<Object>? = nil, defaultWords: String? = nil,
    help: String, then: (@Sendable (inout Object) -> Void)? = nil
  ) where Object: Configuration {
    self.path = path
    self.key = key
    self.formerKey = formerKey
    self.help = help
    self.required = required
    self.condition = condition
    self.defaultWords = defaultWords
    self.then = then
    isObject = type.isObject
    describe = { type.shape }
    read = { json, reader, object in type.read(json, &reader, &object[keyPath: path]) }
    write = { type.write($0[keyPath: path]) }
    reset = { $0[keyPath: path] = Object()[keyPath: path] }
    isDefault = { $0[keyPath: path] == Object()[keyPath: path] }
  }

  /// What the value may be.
  var shape: ConfigurationShape { describe() }

  /// Whether the key belongs into the file that states `object` in full.
  ///
  /// A key that does not count is left out, unless somebody has given it a value all the same: then
  /// reading the file again has to complain.
  func isWritten(_ object: Object) -> Bool {
    condition.map { $0.holds(object) } ?? true || !isDefault(object)
  }
}

/// When a key counts: if another key of the same object has one of some values.
package struct ConfigurationCondition<Object: Sendable>: Sendable {
  /// The other key.
  package let key: String
  /// Its values with which this key counts, as a file has them.
  package let values: [String]

  let holds: @Sendable (Object) -> Bool

  /// Counts if the choice at `path`, written as `key`, is one of `values`.
  package static func when<Choice: RawRepresentable<String> & Hashable & Sendable>(
    _ path: any KeyPath<Object, Choice> & Sendable, _ key: String, is values: Choice...
  ) -> Self {
    Self(key: key, values: values.map { "\"\($0.rawValue)\"" }) {
      values.contains($0[keyPath: path])
    }
  }

  /// Counts if the flag at `path`, written as `key`, is `value`.
  package static func when(
    _ path: any KeyPath<Object, Bool> & Sendable, _ key: String, is value: Bool
  ) -> Self {
    Self(key: key, values: ["\(value)"]) { $0[keyPath: path] == value }
  }

  /// The values as a choice: `"a" or "b"`.
  var valuesInWords: String { Words.choice(values) }
}
