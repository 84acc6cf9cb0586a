import DragomanFormats
import DragomanSystem

/// What is wrong with a command line.
enum UsageError: Error, Equatable {
  /// There is no command of this name.
  case unknownCommand(String, nearest: String?, known: [String])
  /// The command has no such option.
  case unknownOption(String, command: String, nearest: String?)
  /// An option that needs a value stands last or before another option.
  case missingValue(OptionDefinition, command: String)
  /// A flag was given a value.
  case unexpectedValue(OptionDefinition, found: String, command: String)
  /// The value of an option is not what it must be.
  case invalidValue(OptionDefinition, found: String, expected: String, command: String)
  /// An option that may be given once is there twice.
  case repeated(OptionDefinition, command: String)
  /// An operand is there, and the option that gives the same as well.
  case givenTwice(OperandDefinition, OptionDefinition, command: String)
  /// An option that the command needs is not there.
  case missingOption(OptionDefinition, command: String)
  /// Two options contradict each other.
  case contradiction(OptionDefinition, OptionDefinition, command: String)
  /// An option for models that write, beside a model that tells classes.
  case notForClassifiers(OptionDefinition, command: String)
  /// An option for models that translate, beside a model that writes captions.
  case notForCaptioners(OptionDefinition, command: String)
  /// Standard input is named more than once.
  case inputTwice(command: String)
  /// Something that the command needs is not there.
  case missingOperand(OperandDefinition, command: String)
  /// An operand is not what it must be.
  case invalidOperand(OperandDefinition, found: String, expected: String, command: String)
  /// The path of a file stands where a text is due.
  case fileAsText(String, readsLines: Bool, command: String)
  /// There is more than the command takes.
  case unexpectedOperand(String, command: String)

  /// The command whose help tells more, if the mistake is in one.
  var command: String? {
    switch self {
    case .unknownCommand: nil
    case .unknownOption(_, let command, _), .missingValue(_, let command),
      .unexpectedValue(_, _, let command), .invalidValue(_, _, _, let command),
      .repeated(_, let command), .givenTwice(_, _, let command), .missingOption(_, let command),
      .contradiction(_, _, let command), .notForClassifiers(_, let command),
      .notForCaptioners(_, let command),
      .inputTwice(let command), .missingOperand(_, let command),
      .invalidOperand(_, _, _, let command), .fileAsText(_, _, let command),
      .unexpectedOperand(_, let command):
      command
    }
  }
}

extension UsageError: DetailedError {
  /// What was expected and found, where that can be said apart, and where to read more.
  var details: ErrorDetails {
    var details = ErrorDetails(hint: "Try: \(more)")
    switch self {
    case .unknownCommand(let name, let nearest, let known):
      (details.expected, details.found) = (Words.choice(known), name)
      if let nearest { details.hint = "Did you mean '\(nearest)'?" }
    case .unknownOption(let text, _, let nearest):
      details.found = text
      if let nearest { details.hint = "Did you mean '--\(nearest)'?" }
    case .invalidValue(_, let found, let expected, _),
      .invalidOperand(_, let found, let expected, _):
      (details.expected, details.found) = (expected, found)
    case .missingValue(let option, _), .missingOption(let option, _):
      details.expected = option.spelling
    case .missingOperand(let operand, _): details.expected = operand.name
    case .unexpectedValue(_, let found, _), .unexpectedOperand(let found, _): details.found = found
    case .fileAsText(let path, _, _): details.file = path
    case .repeated, .givenTwice, .contradiction, .notForClassifiers, .notForCaptioners, .inputTwice:
      break
    }
    return details
  }

  private var more: String { command.map { "dragoman help \($0)" } ?? "dragoman help" }
}

extension UsageError: CustomStringConvertible {
  /// What is wrong, and where to read more.
  var description: String { "\(message)\nTry: \(more)" }

  private var message: String {
    switch self {
    case .unknownCommand(let name, _, _) where name.hasPrefix("-"):
      "'\(name)' is not a command; options follow the command that they are for"
    case .unknownCommand(let name, let nearest, let known):
      "there is no command '\(name)'; "
        + (nearest.map { "did you mean '\($0)'?" } ?? "there are \(known.joined(separator: ", "))")
    case .unknownOption(let text, let command, let nearest):
      "'\(command)' has no option '\(text)'"
        + (nearest.map { "; did you mean '--\($0)'?" }
          ?? (text.hasPrefix("--") ? "" : "; what begins with '-' but is none goes after '--'"))
    case .missingValue(let option, _):
      "'--\(option.name)' needs a value: \(option.spelling)"
    case .unexpectedValue(let option, let found, _):
      "'--\(option.name)' takes no value, but was given '\(found)'"
    case .invalidValue(let option, let found, let expected, _):
      "'--\(option.name)' is '\(found)'; it must be \(expected)"
    case .repeated(let option, _):
      "'--\(option.name)' is given more than once"
    case .givenTwice(let operand, let option, _):
      "\(operand.name) is given twice: as it is, and by '--\(option.name)'"
    case .missingOption(let option, let command):
      "'\(command)' needs \(option.spelling)"
    case .contradiction(let one, let other, _):
      "'--\(one.name)' and '--\(other.name)' contradict each other"
    case .notForClassifiers(let option, _):
      "'--\(option.name)' is for models that translate, and this one tells classes"
    case .notForCaptioners(let option, _):
      "'--\(option.name)' is for models that read text, and this one reads images or features; name examples and "
        + "captions by --pairs"
    case .inputTwice:
      "standard input ('-') can be read only once, and is named more than once"
    case .missingOperand(let operand, let command):
      "'\(command)' needs \(operand.name)"
    case .invalidOperand(let operand, let found, let expected, _):
      "\(operand.name) is '\(found)'; it must be \(expected)"
    case .fileAsText(let path, let readsLines, let command):
      "\(Excerpt.quoted(path)) is a file. "
        + (readsLines ? "'dragoman \(command) < \(path)' reads its lines, and " : "")
        + "'dragoman \(command) -- \(path)' takes the path itself for the text"
    case .unexpectedOperand(let text, let command):
      "'\(command)' does not know what to do with '\(text)'"
    }
  }
}
