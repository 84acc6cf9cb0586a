/// What a command takes besides options.
struct OperandDefinition: Sendable, Equatable {
  /// How the first of several operands is told to be a model, which `--model` would name as well.
  enum LeadingModel: Sendable, Equatable {
    /// There is one operand more than the command takes otherwise.
    case additional
    /// It is the path of a model's file, or of the folder of a run with a model in it.
    case existing
  }

  /// What it is called in the help, `FILE`.
  let name: String
  /// How many there may be, a leading model not counted.
  let count: ClosedRange<Int>
  /// What each may be.
  let kind: ValueKind
  /// What it is; a sentence.
  let help: String
  /// The option that gives the same, for those who write `--config FILE`.
  let option: OptionDefinition?
  /// Whether a model may come before it.
  let leadingModel: LeadingModel?

  /// An operand; unless `kind` says otherwise, its name tells what it may be.
  init(
    name: String, count: ClosedRange<Int>, kind: ValueKind? = nil,
    sameAs option: OptionDefinition? = nil, after leadingModel: LeadingModel? = nil, help: String
  ) {
    self.name = name
    self.count = count
    self.kind = kind ?? ValueKind(named: name)
    self.option = option
    self.leadingModel = leadingModel
    self.help = help
  }

  /// As the usage line shows it: `FILE`, `[FILE]`, `[MODEL] [PHRASE]…`.
  var usage: String {
    (leadingModel == nil ? "" : "[MODEL] ") + (count.lowerBound == 0 ? "[\(name)]" : name)
      + (count.upperBound == .max ? "…" : "")
  }

  /// What a shell completes: files as well where a model may come first.
  var completion: ValueKind { leadingModel == nil ? kind : .file }

  /// The rows of a table that explains it.
  var rows: [(name: String, help: String)] {
    let lead = leadingModel.map { [("MODEL", $0.help)] } ?? []
    return lead + [(name, help)]
  }
}

extension OperandDefinition.LeadingModel {
  fileprivate var help: String {
    switch self {
    case .additional: "The model, as --model names it."
    case .existing:
      "The model, as --model names it: the path of a model's file or of a run's folder."
    }
  }

  /// Whether the first of some operands is a model; `count` is how many others the command takes.
  func isThere(_ operands: [String], besides count: ClosedRange<Int>) -> Bool {
    switch self {
    case .additional where operands.count == count.upperBound + 1:
      // Words of a text that lacks its quotes are not a model.
      operands.first.map { ModelPath.isNamed($0) } ?? false
    case .additional where operands.count > 1: false
    case .additional, .existing:
      operands.count > count.lowerBound && operands.first.map(ModelPath.isModel) ?? false
    }
  }
}
