import DragomanSystem

/// Walks down a configuration file, fills in values, and collects every problem on the way.
package struct ConfigurationReader {
  let file: String
  var path = ""
  var places: [String: ConfigurationProblem.Place] = [:]
  var overridden: [String: String] = [:]
  var problems: [ConfigurationProblem] = []
  private var alternative = ""
  var advised: Set<String> = []

  /// Objects at the top whose defaults may still change: values that nobody states break no rule there.
  let undecided: Set<String>
  let yieldsAdvice: Bool
  /// Keys that were advised but do not go with what is stated, in the order of finding.
  var yielding: [String] = []

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

  mutating func report(_ cause: ConfigurationProblem.Cause, at position: JSONPosition) {
    problems.append(ConfigurationProblem(place: place(position), path: path, cause: cause))
  }

  /// The argument that set the current path or what contains it, or else the place in the file.
  func place(_ position: JSONPosition) -> ConfigurationProblem.Place {
    argument(at: path).map { .argument($0) } ?? .file(file, position)
  }

  func argument(at path: String) -> String? {
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

  /// The path of `key` in the current object, or of a path of keys from there.
  func join(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// Reads `json`, the value of `key` in the current object, with `body`.
  package mutating func descend(to key: String, _ body: (inout ConfigurationReader) -> Void) {
    let outer = path
    path = join(key)
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

  /// Whether the value at `path` is a default that something else may take the place of.
  func mayChange(_ path: String) -> Bool {
    places[path] == nil && undecided.contains(JSON.keys(of: path)[0])
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
