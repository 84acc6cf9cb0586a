import Testing

@testable import DragomanFormats

@Suite struct `Problems of a configuration` {
  @Test func `are all told at once, in the order of the file`() throws {
    let found = try problems(
      #"""
      {
        "fuell": "gas",
        "fuel": "coal",
        "flames": 0,
        "oven": { "heat": 400, "open": 1, "minutes": "x", "door": null }
      }
      """#)
    #expect(
      found == [
        #"k.json:1:1: dishes is missing; it must be a list of at least 1, each a dish"#,
        #"k.json:2:3: fuell is not a key of the configuration; did you mean "fuel"?"#,
        #"k.json:3:11: fuel is "coal"; it must be "gas", "wood" or "none""#,
        #"k.json:4:13: flames is 0; it must be at least 1"#,
        #"k.json:5:21: oven.heat is 400; it must be in 0..<400"#,
        #"k.json:5:34: oven.open is 1; it must be true or false"#,
        #"k.json:5:48: oven.minutes is "x"; it must be a whole number of at least 1, "#
          + "or null (for ever)",
        #"k.json:5:53: oven.door is not a key of oven; there are heat, open, minutes"#,
      ])
  }

  @Test func `name the element of a list`() throws {
    #expect(
      try problems(#"{"dishes": ["a", 5, ""]}"#) == [
        "k.json:1:18: dishes[1] is 5; it must be a dish",
        #"k.json:1:21: dishes[2] is ""; it must be a dish"#,
      ])
  }

  @Test func `tell wrong types from wrong values`() throws {
    #expect(
      try problems(#"{"dishes": [], "flames": 2.0, "oven": [1], "name": {"a": 1}}"#) == [
        "k.json:1:12: dishes is an empty list; it must be a list of at least 1, each a dish",
        "k.json:1:26: flames is 2.0; it must be a whole number of at least 1",
        #"k.json:1:39: oven is a list; it must be an object with keys such as "heat", "open", "#
          + #""minutes""#,
        "k.json:1:52: name is an object; it must be a name",
      ])
  }

  @Test func `include numbers beyond what can be counted with`() throws {
    #expect(
      try problems(#"{"dishes": ["a"], "oven": {"heat": 1e999}}"#) == [
        "k.json:1:36: oven.heat is 1e999; it must be in 0..<400, and finite: at most 1.8e308"
      ])
    #expect(
      try problems(#"{"dishes": ["a"], "flames": 1000000001, "oven": {"heat": 399.9999999}}"#) == [
        "k.json:1:29: flames is 1000000001; it must be at most 1,000,000,000",
        "k.json:1:58: oven.heat is 399.9999999; it must be in 0..<400, also when rounded to single precision",
      ])
  }

  @Test func `include keys that only look the same`() throws {
    // The sign of the kelvin is canonically equivalent to the letter K.
    #expect(JSON.object([("K", .int(1))])["\u{212A}"] == nil)
    let found = try problems("{\"dishes\": [\"a\"], \"\u{E9}\": 1, \"e\u{301}\": 2}")
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0.contains("is not a key of the configuration") })
  }

  @Test func `include keys that do not count`() throws {
    #expect(
      try problems(#"{"dishes": ["a"], "logs": 3}"#) == [
        #"k.json:1:19: logs is 3, but counts only if fuel is "wood", and that is "gas"; "#
          + "remove the one or change the other"
      ])
  }

  @Test func `include values that do not go together`() throws {
    #expect(
      try problems(#"{"dishes": ["a"], "fuel": "none"}"#) == [
        #"k.json:1:27: fuel is "none" and oven.heat is 200 (by default): nothing makes the heat; "#
          + #"set fuel to "gas" or set oven.heat to 0"#
      ])
  }

  @Test func `hide conflicts of values that were not understood`() throws {
    #expect(
      try problems(#"{"dishes": ["a"], "fuel": "none", "oven": {"heat": -1}}"#)
        == ["k.json:1:52: oven.heat is -1; it must be in 0..<400"])
  }

  @Test func `are shown on one line however long the value`() throws {
    let long = String(repeating: "x", count: 5000)
    let lines = try problems(#"{"dishes": ["a"], "fuel": "\#(long)"}"#)
    #expect(lines.count == 1 && lines[0].count < 200)
  }
}
