@testable import DragomanFormats

/// A configuration with a value of several kinds, for the tests of unions.
struct Workshop: Configuration {
  var name = "shed"
  var heater = Heater()
  var pipe = 1

  static let about = "Where things are made."
  static let fields: [ConfigurationField<Workshop>] = [
    .init(\.name, "name", .text("a name"), help: "What it is called."),
    .init(\.heater, "heater", .union, help: "What makes it warm."),
    .init(
      \.pipe, "pipe", .integer(atLeast: 1), when: .when(\.heater.kind, "heater.kind", is: .wood),
      help: "Length of the pipe."),
  ]

  var conflicts: [ConfigurationConflict] {
    guard case .electric(let electric) = heater, electric.watts > 3000 else { return [] }
    return [
      ConfigurationConflict(
        ["heater.kind", "heater.watts"], because: "the fuse is small",
        remedies: ["set heater.watts to 3000"])
    ]
  }
}

enum Heater: ConfigurationUnion {
  enum Kind: String, CaseIterable, Sendable { case gas, wood, electric }
  case gas(GasHeater)
  case wood(WoodHeater)
  case electric(ElectricHeater)

  init() { self = .gas(GasHeater()) }

  var kind: Kind {
    switch self {
    case .gas: .gas
    case .wood: .wood
    case .electric: .electric
    }
  }

  static let about = "What makes the heat."

  static func alternative(_ kind: Kind) -> ConfigurationAlternative<Heater> {
    switch kind {
    case .gas: .init(Heater.gas) { if case .gas(let own) = $0 { own } else { nil } }
    case .wood: .init(Heater.wood) { if case .wood(let own) = $0 { own } else { nil } }
    case .electric: .init(Heater.electric) { if case .electric(let own) = $0 { own } else { nil } }
    }
  }
}

struct GasHeater: Configuration {
  enum Valve: String, CaseIterable, Sendable { case open, closed }

  var valve = Valve.open
  var flames = 4
  var level = 5
  var hose = Hose()

  static let about = "A heater with flames."
  static let fields: [ConfigurationField<GasHeater>] = [
    .init(\.valve, "valve", .choice, help: "Whether gas comes."),
    .init(
      \.flames, "flames", .integer(atLeast: 1), when: .when(\.valve, "valve", is: .open),
      help: "How many."),
    .init(\.level, "level", .integer(atLeast: 1, atMost: 9), help: "How warm."),
    .init(\.hose, "hose", .object, help: "Where gas comes from."),
  ]
}

struct Hose: Configuration {
  var length = 2.0

  static let about = "A hose."
  static let fields: [ConfigurationField<Hose>] = [
    .init(
      \.length, "length", formerly: "meters", .number(above: 0), help: "How long, in metres.")
  ]
}

struct WoodHeater: Configuration {
  var logs = 2
  var dry = false

  static let about = "A stove."
  static let fields: [ConfigurationField<WoodHeater>] = [
    .init(\.logs, "logs", formerly: "pieces", .integer(atLeast: 1), help: "How many."),
    .init(\.dry, "dry", .boolean, help: "Whether they are."),
  ]

  var conflicts: [ConfigurationConflict] {
    guard dry, logs > 10 else { return [] }
    return [
      ConfigurationConflict(["logs", "dry"], because: "that burns", remedies: ["set logs to 10"])
    ]
  }
}

struct ElectricHeater: Configuration {
  var watts = 0
  var level = 3

  static let about = "A heater with a plug."
  static let fields: [ConfigurationField<ElectricHeater>] = [
    .init(\.watts, "watts", .integer(atLeast: 1), required: true, help: "Power."),
    .init(\.level, "level", .integer(atLeast: 1, atMost: 9), help: "How warm."),
  ]
}

/// Reads a workshop from text; throws all problems.
func workshop(_ text: String, _ overrides: String...) throws -> Workshop {
  try Workshop.parse(
    Array(text.utf8), file: "w.json", overrides: overrides.compactMap { ConfigurationOverride($0) })
}
