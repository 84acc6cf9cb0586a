import DragomanSystem

/// Walks down a configuration file, fills in values, and collects every problem on the way.
package struct ConfigurationReader {
  private let file: String
  private var path = ""
  private var places: [String: ConfigurationProblem.Place] = [:]
  private var overridden: [String: String] = [:]
  private var problems: [ConfigurationProblem] = []
  private var alternative = ""
  private var advised: Set<String> = []

  /// Objects at the top whose defaults may still change: values that nobody states break no rule there.
  private let undecided: Set<String>
  private let yieldsAdvice: Bool
  /// Keys that were advised but do not go with what is stated, in the order of finding.
  private(set) var yielding: [String] = []

  init(file: String, undecided: Set<String> = [], yieldingAdvice: Bool = false) {
    self.file = file
    self.undecided = undecided
    yieldsAdvice = yieldingAdvice
  }

  /// The problems in the order of the file; those of the command line come last, in its order.
  var sortedProblems: [ConfigurationProblem] {
    func offset(_ problem: ConfigurationProblem) -> Int {
      if case .file(_, let position) = problem.place { position.offset } else { Int.max }
    }
    return problems.enumerated().sorted {
      (offset($0.element), $0.offset) < (offset($1.element), $1.offset)
    }.map(\.element)
  }

  // MARK: Reporting

  /// Notes that `json`, found at the current path, is not of the expected type.
  package mutating func report(_ json: JSON, isNot expected: String) {
    report(
      .wrongType(expected: expected + alternative, found: Words.value(json)), at: json.position)
  }

  /// Notes that `json`, found at the current path, has the right type but breaks a rule.
  package mutating func report(_ json: JSON, breaks rule: String) {
    report(.wrongValue(rule: rule + alternative, found: Words.value(json)), at: json.position)
  }

  /// Notes that the text `found`, at the current path, is none of the options.
  mutating func report(_ json: JSON, isNoneOf options: [String], nearest found: String) {
    report(
      .unknownOption(
        options: options, nearest: Suggestion.nearest(to: found, among: options),
        found: Words.value(json)),
      at: json.position)
  }

  private mutating func report(_ cause: ConfigurationProblem.Cause, at position: JSONPosition) {
    problems.append(ConfigurationProblem(place: place(position), path: path, cause: cause))
  }

  /// The argument that set the current path or what contains it, or else the place in the file.
  private func place(_ position: JSONPosition) -> ConfigurationProblem.Place {
    argument(at: path).map { .argument($0) } ?? .file(file, position)
  }

  private func argument(at path: String) -> String? {
    var prefix = Substring(path)
    while true {
      if let argument = overridden[String(prefix)] { return argument }
      guard let end = prefix.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      prefix = prefix[..<end]
    }
  }

  /// The text of `json`; on the command line a bare number is a text, too, where a text is due.
  func text(_ json: JSON) -> String? {
    if case .number(let written) = json.kind, argument(at: path) != nil { return written }
    return json.string
  }

  /// Reads with `body`, whose problems add `words` to what a value may be.
  mutating func offering(_ words: String, _ body: (inout ConfigurationReader) -> Void) {
    alternative = words
    body(&self)
    alternative = ""
  }

  // MARK: Walking

  /// Reads `json`, the value of `key` in the current object, with `body`.
  mutating func descend(to key: String, _ body: (inout ConfigurationReader) -> Void) {
    let outer = path
    path = path.isEmpty ? key : "\(path).\(key)"
    body(&self)
    path = outer
  }

  /// Reads element `index` of the current list with `body`.
  mutating func descend(to index: Int, _ body: (inout ConfigurationReader) -> Void) {
    let outer = path
    path = "\(path)[\(index)]"
    body(&self)
    path = outer
  }

  /// Reads an object into `value`, whose present contents are the defaults.
  mutating func readObject<Object: Configuration>(_ json: JSON, into value: inout Object) {
    guard let members = json.members else {
      return report(json, isNot: "an object with keys such as \(Self.examples(of: Object.self))")
    }
    let before = problems.count
    reportUnknownKeys(members, known: Object.fields.map(\.key))
    for field in Object.fields {
      read(field, of: json, into: &value)
      field.then?(&value)
    }
    settleMeaninglessKeys(members, &value)
    // Sizes that were not understood would only give wrong conflicts.
    if problems.count == before { reportConflicts(in: value, json) }
  }

  private static func examples<Object: Configuration>(of type: Object.Type) -> String {
    Object.fields.prefix(3).map { "\"\($0.key)\"" }.joined(separator: ", ")
  }

  private mutating func read<Object: Configuration>(
    _ field: ConfigurationField<Object>, of json: JSON, into value: inout Object
  ) {
    let stated = json[field.key]
    descend(to: field.key) { reader in
      if let stated {
        reader.places[reader.path] = reader.place(stated.position)
        if reader.yieldsAdvice, json.isAdvice(field.key),
          reader.argument(at: reader.path) == nil
        {
          reader.advised.insert(reader.path)
        }
        field.read(stated, &reader, &value)
      } else if case .object = field.shape {
        // What is missing inside an object that is missing has to be told as well.
        field.read(.keyed([], at: json.position), &reader, &value)
      } else if field.required {
        reader.report(.missing(expected: field.shape.words), at: json.position)
      }
    }
  }

  private mutating func reportUnknownKeys(_ members: [JSON.Member], known: [String]) {
    for member in members where !known.contains(where: { member.isNamed($0) }) {
      // Editors look here for the schema.
      if path.isEmpty, member.isNamed("$schema"), member.value.string != nil { continue }
      let nearest = Suggestion.nearest(to: member.name, among: known)
      let outer = path
      descend(to: member.name) { reader in
        let place = reader.place(member.namePosition)
        reader.problems.append(
          ConfigurationProblem(
            place: place, path: outer,
            cause: .unknownKey(key: member.name, nearest: nearest, known: known)))
      }
    }
  }

  /// Reports keys that do not count, except where an argument changed the choice they belonged to, and those that
  /// were only advised.
  private mutating func settleMeaninglessKeys<Object: Configuration>(
    _ members: [JSON.Member], _ value: inout Object
  ) {
    for field in Object.fields {
      guard let condition = field.condition, !condition.holds(value),
        let stated = members.first(where: { $0.isNamed(field.key) }),
        let other = Object.fields.first(where: { $0.key == condition.key })
      else { continue }
      let otherPath = path.isEmpty ? other.key : "\(path).\(other.key)"
      descend(to: field.key) { reader in
        let isChanged = reader.argument(at: otherPath) != nil || stated.namePosition == .advice
        if reader.argument(at: reader.path) == nil, isChanged {
          return field.reset(&value)
        }
        guard !reader.mayChange(otherPath) else { return }
        if reader.advised.contains(otherPath) { return reader.yielding.append(otherPath) }
        reader.report(
          .meaningless(
            found: Words.value(stated.value), other: otherPath,
            otherValue: Words.value(other.write(value)), needed: condition.valuesInWords),
          at: stated.namePosition)
      }
    }
  }

  private mutating func reportConflicts<Object: Configuration>(in value: Object, _ json: JSON) {
    let written = value.json
    for conflict in value.conflicts {
      let paths = conflict.keys.map { path.isEmpty ? $0 : "\(path).\($0)" }
      if paths.contains(where: mayChange) { continue }
      if let advice = paths.first(where: advised.contains) {
        yielding.append(advice)
        continue
      }
      let values = zip(conflict.keys, paths).map { key, path in
        let found = key.split(separator: ".").reduce(written as JSON?) { $0?[String($1)] }
        return "\(path) is \(found.map(Words.value) ?? "unset")"
          + (places[path] == nil ? " (by default)" : "")
      }
      let place = paths.compactMap { places[$0] }.first ?? self.place(json.position)
      problems.append(
        ConfigurationProblem(
          place: place, path: path,
          cause: .conflict(
            values: Words.list(values), reason: conflict.reason, remedies: conflict.remedies)))
    }
  }

  /// Whether the value at `path` is a default that something else may take the place of.
  private func mayChange(_ path: String) -> Bool {
    places[path] == nil && undecided.contains(String(path.prefix { $0 != "." }))
  }

  // MARK: Overrides

  /// Remembers that everything at `path` and below comes from `argument`.
  mutating func replaced(_ path: String, by argument: String) {
    overridden = overridden.filter { !$0.key.hasPrefix(path + ".") }
    overridden[path] = argument
  }

  /// Notes a problem with an argument itself.
  mutating func report(
    _ cause: ConfigurationProblem.Cause, at path: String, of argument: String
  ) {
    problems.append(ConfigurationProblem(place: .argument(argument), path: path, cause: cause))
  }
}
