import Testing

@testable import DragomanFormats

@Suite struct `Differences of configurations` {
  @Test func `are told by path, in the order of the fields`() throws {
    let one = try kitchen(#"{"dishes": ["x"], "oven": {"heat": 3}}"#)
    let other = try kitchen(#"{"dishes": ["y"], "name": "b", "oven": {"heat": 3, "open": true}}"#)
    #expect(one.differences(from: one).isEmpty)
    #expect(other.differences(from: one) == ["name", "dishes", "oven.open"])
  }

  @Test func `from the defaults are only those that somebody made`() throws {
    #expect(Workshop().departures.isEmpty)
    // The keys of another kind have its own defaults.
    let wood = try workshop(
      #"{"heater": {"kind": "wood", "logs": 2, "dry": true}, "name": "shed"}"#)
    #expect(wood.departures == ["heater.kind", "heater.dry"])
    #expect(wood.differences(from: Workshop()).count > 2)
    let hose = try workshop(#"{"heater": {"hose": {"length": 3}, "level": 6}, "name": "barn"}"#)
    #expect(hose.departures == ["name", "heater.level", "heater.hose.length"])
    // What does not count is not a difference.
    var closed = GasHeater()
    closed.valve = .closed
    var value = Workshop()
    value.heater = .gas(closed)
    #expect(value.departures == ["heater.valve"])
  }

  @Test func `include keys that count on one side only`() throws {
    let gas = try kitchen(#"{"dishes": ["x"], "oven": {"heat": 3}}"#)
    let wood = try kitchen(#"{"dishes": ["x"], "fuel": "wood", "oven": {"heat": 3}}"#)
    #expect(gas.differences(from: wood) == ["fuel", "flames", "logs"])
  }
}
