/// An option of a command: what the parser accepts and what the help says.
struct OptionDefinition: Sendable, Equatable {
  /// Its name, without the dashes.
  let name: String
  /// What its value is called in the help, `FILE`; `nil` for a flag, which has none.
  let value: String?
  /// Whether it may be given more than once.
  let isRepeated: Bool
  /// Whether the command does not work without it.
  let isRequired: Bool
  /// What holds if it is not given, in words.
  let standard: String?
  /// What its value may be, if it has one.
  let kind: ValueKind
  /// What it does; a sentence.
  let help: String

  private init(
    _ name: String, value: String?, isRepeated: Bool, isRequired: Bool, standard: String?,
    kind: ValueKind, help: String
  ) {
    self.name = name
    self.value = value
    self.isRepeated = isRepeated
    self.isRequired = isRequired
    self.standard = standard
    self.kind = kind
    self.help = help
  }

  /// An option without a value.
  static func flag(_ name: String, _ help: String) -> Self {
    Self(
      name, value: nil, isRepeated: false, isRequired: false, standard: nil, kind: .text, help: help
    )
  }

  /// An option with a value; unless `kind` says otherwise, the value's name tells what it may be.
  static func option(
    _ name: String, _ value: String, isRepeated: Bool = false, isRequired: Bool = false,
    default standard: String? = nil, kind: ValueKind? = nil, _ help: String
  ) -> Self {
    Self(
      name, value: value, isRepeated: isRepeated, isRequired: isRequired, standard: standard,
      kind: kind ?? ValueKind(named: value), help: help)
  }

  /// Every command has it.
  static let help = flag("help", "Show this help.")

  /// As it is written on a command line: `--set KEY=VALUE`.
  var spelling: String { "--\(name)" + (value.map { " \($0)" } ?? "") }

  /// As the usage line shows it: `[--set KEY=VALUE]…`.
  var usage: String { (isRequired ? spelling : "[\(spelling)]") + (isRepeated ? "…" : "") }
}
