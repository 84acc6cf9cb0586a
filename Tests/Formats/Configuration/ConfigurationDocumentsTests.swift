import Testing

@testable import DragomanFormats

@Suite struct `Documents of a configuration` {
  @Test func `the schema knows every rule`() {
    let schema = Kitchen.schema(title: "Kitchen")
    #expect(schema["additionalProperties"]?.bool == false)
    #expect(schema["required"]?.array?.map(\.string) == ["dishes"])
    let properties = schema["properties"]
    #expect(
      properties?.members?.map(\.name)
        == ["$schema", "name", "fuel", "flames", "logs", "dishes", "oven"])
    #expect(properties?["fuel"]?["enum"]?.array?.map(\.string) == ["gas", "wood", "none"])
    #expect(properties?["fuel"]?["default"]?.string == "gas")
    #expect(properties?["flames"]?["minimum"]?.int == 1)
    #expect(properties?["dishes"]?["minItems"]?.int == 1)
    let oven = properties?["oven"]?["properties"]
    #expect(oven?["heat"]?["minimum"]?.double == 0)
    #expect(oven?["heat"]?["exclusiveMaximum"]?.double == 400)
    #expect(oven?["heat"]?["default"] == nil)
    #expect(oven?["minutes"]?["anyOf"]?.array?.count == 2)
    #expect(oven?["$schema"] == nil)
  }

  @Test func `the guide has a section for each object and a line for each key`() {
    let guide = Kitchen.guide
    #expect(guide.contains("## `oven`\n\nAn oven.\n"))
    #expect(guide.contains("| `heat` | a number in 0..<400 | 200, wood 300 | Degrees. |"))
    #expect(
      guide.contains(
        "| `logs` | a whole number of at least 1 | `2` | How many. "
          + #"Counts only if `fuel` is "wood". |"#))
    #expect(guide.contains("| `oven` | [an object](#oven) |  | What bakes. |"))
  }

  @Test func `the help for the terminal lists whole paths`() {
    #expect(
      Kitchen.help.contains(
        "oven.minutes: null\n    How long.\n    It must be a whole number of at least 1, or null (for ever).\n"
      ))
  }
}
