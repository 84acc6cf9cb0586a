import Testing

@testable import DragomanFormats

@Suite struct `Differences of configurations` {
  @Test func `are told by path, in the order of the fields`() throws {
    let one = try kitchen(#"{"dishes": ["x"], "oven": {"heat": 3}}"#)
    let other = try kitchen(#"{"dishes": ["y"], "name": "b", "oven": {"heat": 3, "open": true}}"#)
    #expect(one.differences(from: one).isEmpty)
    #expect(other.differences(from: one) == ["name", "dishes", "oven.open"])
  }

  @Test func `include keys that count on one side only`() throws {
    let gas = try kitchen(#"{"dishes": ["x"], "oven": {"heat": 3}}"#)
    let wood = try kitchen(#"{"dishes": ["x"], "fuel": "wood", "oven": {"heat": 3}}"#)
    #expect(gas.differences(from: wood) == ["fuel", "flames", "logs"])
  }
}
