/// One thing that is wrong with a configuration: which place, which key, what was found and expected.
package struct ConfigurationProblem: Sendable, Equatable {
  /// Where the offending text is.
  package enum Place: Sendable, Equatable {
    /// In a file.
    case file(String, JSONPosition)
    /// In an argument of the command line, such as `--set training.seed=x`.
    case argument(String)
  }

  /// What is wrong.
  package enum Cause: Sendable, Equatable {
    /// The object has no such key.
    ///
    /// `kind` is the chosen one, where the object is one of several.
    case unknownKey(key: String, nearest: String?, known: [String], kind: String?)
    /// A key is there under its present name and an earlier one.
    case twice(key: String)
    /// The value is of another type than the key.
    case wrongType(expected: String, found: String)
    /// The value has the right type but breaks a rule.
    case wrongValue(rule: String, found: String)
    /// The value is none of the options.
    case unknownOption(options: [String], nearest: String?, found: String)
    /// A key that has no default is not there.
    case missing(expected: String)
    /// The key counts only if another one has certain values.
    case meaningless(found: String, other: String, otherValue: String, needed: String)
    /// Several values do not go together.
    case conflict(values: String, reason: String, remedies: [String])
    /// An override reaches into a value that is not an object.
    case notAnObject(found: String)
  }

  /// Where.
  package let place: Place
  /// The path of the key, for instance `training.optimizer.kind` or `data.train[2]`.
  package let path: String
  /// What.
  package let cause: Cause

  /// Whether values are right one by one, but do not go together.
  package var isContradiction: Bool {
    switch cause {
    case .meaningless, .conflict: true
    default: false
    }
  }
}

extension ConfigurationProblem: CustomStringConvertible {
  /// One line: `file:line:column: path is VALUE; it must be RULE`.
  package var description: String { "\(place): \(message)" }

  private var message: String {
    let name = path.isEmpty ? "the configuration" : path
    return switch cause {
    case .unknownKey(let key, let nearest, let known, let kind):
      "\(path.isEmpty ? key : path + "." + key) is not a key of \(name)"
        + (kind.map { " of kind \"\($0)\"; " } ?? "; ")
        + (nearest.map { "did you mean \"\($0)\"?" } ?? "there are \(known.joined(separator: ", "))")
    case .twice(let key):
      "\(name) is the earlier name of \(key), and both are there; leave \(name) out"
    case .wrongType(let expected, let found): "\(name) is \(found); it must be \(expected)"
    case .wrongValue(let rule, let found): "\(name) is \(found); it must be \(rule)"
    case .unknownOption(let options, let nearest, let found):
      "\(name) is \(found); it must be \(Words.choice(options.map { "\"\($0)\"" }))"
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
    case .missing(let expected): "\(name) is missing; it must be \(expected)"
    case .meaningless(let found, let other, let otherValue, let needed):
      "\(name) is \(found), but counts only if \(other) is \(needed), and that is \(otherValue); "
        + "remove the one or change the other"
    case .conflict(let values, let reason, let remedies):
      "\(values): \(reason); \(Words.choice(remedies))"
    case .notAnObject(let found):
      "\(name) is \(found), which has no keys; override \(name) as a whole"
    }
  }
}

extension ConfigurationProblem.Place: CustomStringConvertible {
  /// The place as compilers write it, `file:line:column`, or the argument itself.
  package var description: String {
    switch self {
    case .file(let file, let position): "\(file):\(position.line):\(position.column)"
    case .argument(let argument): argument
    }
  }
}

/// All problems of one configuration, in the order of the file.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The problems; at least one.
  package let problems: [ConfigurationProblem]

  /// A line per problem.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
