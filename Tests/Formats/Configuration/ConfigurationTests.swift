import Testing

@testable import DragomanFormats

/// A configuration with one field of every kind, for the tests of the mechanism.
struct Kitchen: Configuration {
  enum Fuel: String, CaseIterable, Sendable { case gas, wood, none }

  var name = "home"
  var fuel = Fuel.gas
  var flames = 4
  var logs = 2
  var dishes: [String] = []
  var oven = Oven()

  static let about = "Where meals come from."
  static let fields: [ConfigurationField<Kitchen>] = [
    .init(\.name, "name", .text("a name"), help: "What it is called."),
    .init(
      \.fuel, "fuel", .choice, help: "What burns.",
      then: { $0.oven.heat = $0.fuel == .wood ? 300 : 200 }
    ),
    .init(
      \.flames, "flames", .integer(atLeast: 1), when: .when(\.fuel, "fuel", is: .gas),
      help: "How many."),
    .init(
      \.logs, "logs", .integer(atLeast: 1), when: .when(\.fuel, "fuel", is: .wood),
      help: "How many."),
    .init(
      \.dishes, "dishes", .list(of: .text("a dish"), atLeast: 1, from: ""), required: true,
      help: "What is cooked."),
    .init(\.oven, "oven", .object, help: "What bakes."),
  ]

  var conflicts: [ConfigurationConflict] {
    guard fuel == .none, oven.heat > 0 else { return [] }
    return [
      ConfigurationConflict(
        ["fuel", "oven.heat"], because: "nothing makes the heat",
        remedies: ["set fuel to \"gas\"", "set oven.heat to 0"])
    ]
  }
}

struct Oven: Configuration {
  var heat = 200.0
  var open = false
  var minutes: Int?

  static let about = "An oven."
  static let fields: [ConfigurationField<Oven>] = [
    .init(\.heat, "heat", .number(in: 0..<400), defaultWords: "200, wood 300", help: "Degrees."),
    .init(\.open, "open", .boolean, help: "Whether the door is open."),
    .init(
      \.minutes, "minutes", .optional(.integer(atLeast: 1), null: "for ever", from: 1),
      help: "How long."),
  ]
}

/// Reads a kitchen from text; throws all problems.
func kitchen(_ text: String, _ overrides: String...) throws -> Kitchen {
  try Kitchen.parse(
    Array(text.utf8), file: "k.json",
    overrides: overrides.map { try #require(ConfigurationOverride($0)) })
}

/// The lines of the error that reading `text` ends with.
func problems(_ text: String, _ overrides: String...) throws -> [String] {
  let overrides = try overrides.map { try #require(ConfigurationOverride($0)) }
  let error = #expect(throws: ConfigurationError.self) {
    try Kitchen.parse(Array(text.utf8), file: "k.json", overrides: overrides)
  }
  return try #require(error).problems.map(\.description)
}

@Suite struct `Configuration is read` {
  @Test func `with defaults where the file is silent`() throws {
    var expected = Kitchen()
    expected.dishes = ["soup"]
    #expect(try kitchen(#"{"dishes": ["soup"]}"#) == expected)
  }

  @Test func `with every kind of value`() throws {
    let read = try kitchen(
      #"""
      {"$schema": "s.json", "name": "a", "fuel": "wood", "logs": 7, "dishes": ["x", "y"],
       "oven": {"heat": 12.5, "open": true, "minutes": 3}}
      """#)
    #expect(read.name == "a" && read.fuel == .wood && read.logs == 7 && read.dishes == ["x", "y"])
    #expect(read.oven.heat == 12.5 && read.oven.open && read.oven.minutes == 3)
  }

  @Test func `with defaults that depend on an earlier field, until they are stated`() throws {
    #expect(try kitchen(#"{"dishes": ["x"], "fuel": "wood"}"#).oven.heat == 300)
    #expect(try kitchen(#"{"oven": {"heat": 9}, "dishes": ["x"], "fuel": "wood"}"#).oven.heat == 9)
  }

  @Test func `and written in full, in the order of the fields`() throws {
    let json = try kitchen(#"{"oven": {"open": true}, "fuel": "wood", "dishes": ["x"]}"#).json
    #expect(
      json.serialized()
        == #"{"name":"home","fuel":"wood","logs":2,"dishes":["x"],"#
        + #""oven":{"heat":300,"open":true,"minutes":null}}"#)
  }

  @Test(arguments: [
    #"{"dishes": ["x"]}"#, #"{"dishes": ["x"], "fuel": "wood", "logs": 9}"#,
    #"{"dishes": ["x", "y"], "oven": {"heat": 0.1, "minutes": 2}, "name": "ü\"\\"}"#,
  ]) func `and what is written reads back equal`(_ text: String) throws {
    let value = try kitchen(text)
    #expect(try kitchen(value.json.serialized(pretty: true)) == value)
  }

  @Test func `unless a value made in code would not be accepted`() throws {
    var value = Kitchen()
    value.dishes = ["x"]
    try value.validate(as: "code")
    value.fuel = .wood
    value.flames = 3
    #expect(throws: ConfigurationError.self) { try value.validate(as: "code") }
  }
}
