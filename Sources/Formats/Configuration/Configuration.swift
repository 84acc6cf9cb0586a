/// An object of a configuration file, described once, by its fields.
///
/// The list of ``fields`` is all there is: the reader, the errors, overrides on the command line, the
/// JSON Schema for editors, the help text and the table in the documentation are made from it. To add a
/// key, add a stored property and a line to the list:
///
///     struct Noise: Configuration {
///       var level = 0.1
///
///       static let about = "What is added to the input."
///       static let fields: [ConfigurationField<Noise>] = [
///         .init(\.level, "level", .number(in: 0..<1), help: "Standard deviation.")
///       ]
///     }
///
/// Reading starts from `init()`, so the initial values of the properties are the defaults. For every
/// value `x` without problems, reading ``json`` gives `x` back.
package protocol Configuration: Sendable, Equatable {
  /// The default values.
  init()

  /// One line on what the object is for.
  static var about: String { get }

  /// The keys, in the order of reading, of writing and of the documentation.
  static var fields: [ConfigurationField<Self>] { get }

  /// What is wrong with values that are right one by one; asked only if they are.
  var conflicts: [ConfigurationConflict] { get }
}

extension Configuration {
  /// Nothing: most objects have no values that depend on each other.
  package var conflicts: [ConfigurationConflict] { [] }

  /// Reads the text of a configuration file; `file` names it in errors.
  ///
  /// Throws a ``FormatError`` for text that is not JSON, and one ``ConfigurationError`` with all
  /// problems otherwise.
  package static func parse(
    _ bytes: [UInt8], file: String, overrides: [ConfigurationOverride] = [],
    adjusting adjust: (inout Self) -> Void = { _ in }
  ) throws -> Self {
    try read(
      JSON.parse(bytes, file: file), file: file, overrides: overrides, adjusting: adjust)
  }

  /// Reads a configuration from parsed JSON; `file` names its source in errors.
  ///
  /// `adjust` may change defaults before the values that are stated take their place.
  package static func read(
    _ json: JSON, file: String, overrides: [ConfigurationOverride] = [],
    adjusting adjust: (inout Self) -> Void = { _ in }
  ) throws(ConfigurationError) -> Self {
    try read(
      json, file: file, overrides: overrides, using: ConfigurationReader(file: file),
      adjusting: adjust
    ).value
  }

  /// Reads a configuration in which advice will stand for what is not stated in the objects `undecided`.
  ///
  /// Their defaults may change, and so do not count as conflicts or as reasons for which a key is meaningless.
  package static func read(
    _ json: JSON, undecided: Set<String>, file: String, overrides: [ConfigurationOverride] = [],
    adjusting adjust: (inout Self) -> Void = { _ in }
  ) throws(ConfigurationError) -> Self {
    try read(
      json, file: file, overrides: overrides,
      using: ConfigurationReader(file: file, undecided: undecided), adjusting: adjust
    ).value
  }

  /// Reads a configuration filled in with `advice`, which gives way where it does not go with what is stated.
  ///
  /// - Returns: the configuration, and the paths of the advice that was left out.
  package static func read(
    _ json: JSON, advice: JSON, file: String, overrides: [ConfigurationOverride] = [],
    adjusting adjust: (inout Self) -> Void = { _ in }
  ) throws(ConfigurationError) -> (value: Self, leftOut: [String]) {
    let outline = ConfigurationOutline(Self.self)
    let json = outline.renamed(json)
    var reader = ConfigurationReader(file: file)
    var advice = outline.fitting(advice, to: reader.apply(overrides, to: json, by: outline))
    var leftOut: [String] = []
    while true {
      let (value, yielding) = try read(
        json.filled(from: advice.asAdvice), file: file, overrides: overrides,
        using: ConfigurationReader(file: file, yieldingAdvice: true), adjusting: adjust)
      guard !yielding.isEmpty else { return (value, leftOut) }
      for path in yielding where !leftOut.contains(path) {
        advice = advice.removing(path)
        leftOut.append(path)
      }
    }
  }

  private static func read(
    _ json: JSON, file: String, overrides: [ConfigurationOverride],
    using reader: ConfigurationReader, adjusting adjust: (inout Self) -> Void
  ) throws(ConfigurationError) -> (value: Self, yielding: [String]) {
    var reader = reader
    let json = reader.apply(overrides, to: json, by: ConfigurationOutline(Self.self))
    var value = Self()
    adjust(&value)
    reader.readObject(json, into: &value)
    let problems = reader.sortedProblems
    guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
    return (value, reader.yielding)
  }

  /// The object with every key that counts, defaults included, in the order of ``fields``.
  package var json: JSON {
    .object(
      Self.fields.compactMap { field in
        field.isWritten(self) ? (field.key, field.write(self)) : nil
      })
  }

  /// The paths of the keys whose values differ, in the order of the fields.
  ///
  /// A key inside an object is named by its whole path: `training.optimizer.kind`.
  package func differences(from other: Self) -> [String] { json.differences(from: other.json) }

  /// Throws if a value made in code would not be accepted in a file; `name` stands for the file.
  package func validate(as name: String) throws(ConfigurationError) {
    _ = try Self.read(json, file: name)
  }
}
