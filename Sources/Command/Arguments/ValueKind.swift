/// What the value of an option or an operand may be, so that a shell can complete it.
enum ValueKind: Sendable, Equatable {
  /// Anything: a number, a phrase, a name.
  case text
  /// A file.
  case file
  /// A folder.
  case folder
  /// One of some words.
  case choice([String])
  /// Some of these words with commas between.
  case list([String])
  /// A key of the configuration of a run, an equals sign and a value, which some keys choose from words.
  case assignment(AssignableKeys)

  /// What the names of values in the help stand for.
  init(named name: String) {
    switch name {
    case "FILE", "MODEL", "CONFIG": self = .file
    case "FOLDER": self = .folder
    default: self = .text
    }
  }
}
