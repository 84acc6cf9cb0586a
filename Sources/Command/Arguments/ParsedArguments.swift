import DragomanSystem
import DragomanFormats

/// The arguments of one command, sorted into options and operands.
struct ParsedArguments: Sendable, Equatable {
  /// The command.
  let command: String
  /// What stands between and after the options.
  let operands: [String]
  /// Those operands that stand before `--`, a leading model left out.
  let bareOperands: [String]
  /// Whether help is wanted instead.
  let wantsHelp: Bool

  private let values: [String: [String]]

  /// Sorts what follows the name of a command.
  ///
  /// An option is `--name`, `--name value` or `--name=value`; after `--` everything is an operand.
  /// `--help` excuses everything that is missing.
  init(_ arguments: some Sequence<String>, for command: CommandDefinition) throws(UsageError) {
    var rest = Array(arguments)[...]
    var values: [String: [String]] = [:]
    var operands: [String] = []
    /// How many operands stand before "--".
    var bare: Int?
    while let argument = rest.popFirst() {
      if argument == "--" {
        bare = operands.count
        operands += rest
        break
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        operands.append(argument)
        continue
      }
      let option = try Self.option(argument, of: command)
      let value = try Self.value(of: option, argument, &rest, command)
      if !option.isRepeated, values[option.name] != nil, option != .help {
        throw .repeated(option, command: command.name)
      }
      values[option.name, default: []].append(value)
    }
    let behind = operands.count - (bare ?? operands.count)
    if let operand = command.operand {
      try Self.match(operand, &operands, &values, mayLead: operands.count > behind, command)
    }
    bareOperands = operands.dropLast(behind)
    self.command = command.name
    self.operands = operands
    self.values = values
    wantsHelp = values[OptionDefinition.help.name] != nil
    if !wantsHelp { try check(against: command) }
  }

  /// Gives an operand and the option of the same meaning the same values, and a leading model to `--model`.
  private static func match(
    _ operand: OperandDefinition, _ operands: inout [String], _ values: inout [String: [String]],
    mayLead: Bool, _ command: CommandDefinition
  ) throws(UsageError) {
    let model = SharedOptions.model.name
    if let lead = operand.leadingModel, mayLead, values[model] == nil,
      lead.isThere(operands, besides: operand.count)
    {
      values[model] = [operands.removeFirst()]
    }
    guard let option = operand.option else { return }
    if let named = values[option.name] {
      guard operands.isEmpty else {
        throw .givenTwice(operand, option, command: command.name)
      }
      operands = named
    } else if !operands.isEmpty {
      values[option.name] = operands
    }
  }

  private static func option(
    _ argument: String, of command: CommandDefinition
  ) throws(UsageError) -> OptionDefinition {
    if argument == "-h" { return .help }
    if argument == "-o", let output = command.options.first(where: { $0.name == "output" }) {
      return output
    }
    let name = String(argument.drop { $0 == "-" }.prefix { $0 != "=" })
    if argument.hasPrefix("--"), let option = command.allOptions.first(where: { $0.name == name }) {
      return option
    }
    throw .unknownOption(
      String(argument.prefix { $0 != "=" }), command: command.name,
      nearest: Suggestion.nearest(to: name, among: command.allOptions.map(\.name)))
  }

  private static func value(
    of option: OptionDefinition, _ argument: String, _ rest: inout ArraySlice<String>,
    _ command: CommandDefinition
  ) throws(UsageError) -> String {
    if let equals = argument.firstIndex(of: "=") {
      let value = String(argument[argument.index(after: equals)...])
      guard option.value != nil else {
        throw .unexpectedValue(option, found: value, command: command.name)
      }
      return try notEmpty(value, option, command)
    }
    guard option.value != nil else { return "" }
    // `--config --resume` has forgotten the file; a value like that can be given as `--config=--x`.
    guard let next = rest.first, !next.hasPrefix("--") else {
      throw .missingValue(option, command: command.name)
    }
    return try notEmpty(rest.removeFirst(), option, command)
  }

  /// Refuses an empty path, which a variable without a value leaves.
  private static func notEmpty(
    _ value: String, _ option: OptionDefinition, _ command: CommandDefinition
  ) throws(UsageError) -> String {
    guard !value.isEmpty || option.kind != .file && option.kind != .folder else {
      throw .invalidValue(option, found: value, expected: "a path", command: command.name)
    }
    return value
  }

  private func check(against command: CommandDefinition) throws(UsageError) {
    for option in command.options where option.isRequired && values[option.name] == nil {
      throw .missingOption(option, command: command.name)
    }
    guard let operand = command.operand else {
      if let first = operands.first { throw .unexpectedOperand(first, command: command.name) }
      return
    }
    if operands.count < operand.count.lowerBound {
      throw .missingOperand(operand, command: command.name)
    }
    if operands.count > operand.count.upperBound {
      throw .unexpectedOperand(operands[operand.count.upperBound], command: command.name)
    }
  }
}

// MARK: - Reading values

extension ParsedArguments {
  /// Whether a flag is there.
  func has(_ option: OptionDefinition) -> Bool { values[option.name] != nil }

  /// The value of an option, if it is there.
  func text(_ option: OptionDefinition) -> String? { values[option.name]?.last }

  /// The values of an option that may be repeated.
  func texts(_ option: OptionDefinition) -> [String] { values[option.name] ?? [] }

  /// The value of an option as a whole number of at least `minimum` and at most `maximum`, if it is there.
  func integer(
    _ option: OptionDefinition, atLeast minimum: Int,
    atMost maximum: Int = ConfigurationShape.greatest
  ) throws(UsageError) -> Int? {
    guard let text = text(option) else { return nil }
    guard let value = Int(text), minimum...maximum ~= value else {
      throw .invalidValue(
        option, found: text,
        expected: ConfigurationShape.integer(atLeast: minimum, atMost: maximum).words,
        command: command)
    }
    return value
  }

  /// A word of an option's value as the case that it names.
  func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ name: String, of option: OptionDefinition
  ) throws(UsageError) -> Choice {
    if let choice = Choice(rawValue: name) { return choice }
    throw .invalidValue(
      option, found: name,
      expected: "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "),
      command: command)
  }

  /// The values of `--set` as overrides of a configuration.
  func overrides(_ option: OptionDefinition) throws(UsageError) -> [ConfigurationOverride] {
    var result: [ConfigurationOverride] = []
    for text in texts(option) {
      guard let override = ConfigurationOverride(text) else {
        throw .invalidValue(
          option, found: text, expected: "a key and a value such as model.dropout=0.3",
          command: command)
      }
      result.append(override)
    }
    return result
  }

  /// Refuses the path of a file where a text is due, unless it stands after `--`: either could be meant.
  func refuseFiles(readsLines: Bool = true) throws(UsageError) {
    for text in bareOperands where Files.exists(text) && !Files.isDirectory(text) {
      throw .fileAsText(text, readsLines: readsLines, command: command)
    }
  }

  /// Refuses two flags that contradict each other.
  func refuse(_ one: OptionDefinition, with other: OptionDefinition) throws(UsageError) {
    if has(one), has(other) { throw .contradiction(one, other, command: command) }
  }
}
