import Testing

@testable import DragomanFormats

@Suite struct `One of several objects` {
  private func problems(_ text: String, _ overrides: String...) throws -> [String] {
    let overrides = overrides.compactMap { ConfigurationOverride($0) }
    let error = #expect(throws: ConfigurationError.self) {
      try Workshop.parse(Array(text.utf8), file: "w.json", overrides: overrides)
    }
    return try #require(error).problems.map(\.description)
  }

  @Test func `is chosen by its kind, and by default is that of the default value`() throws {
    #expect(try workshop("{}") == Workshop())
    var expected = GasHeater()
    expected.flames = 3
    let text = #"{"heater": {"flames": 3}}"#
    #expect(try workshop(text).heater == .gas(expected))
    #expect(try workshop(#"{"heater": {"flames": 3, "kind": "gas"}}"#) == workshop(text))
    var wood = WoodHeater()
    wood.logs = 7
    let read = try workshop(#"{"heater": {"logs": 7, "kind": "wood"}, "pipe": 3}"#)
    #expect(read.heater == .wood(wood) && read.pipe == 3)
  }

  @Test(arguments: [
    ("{}", #"{"kind":"gas","valve":"open","flames":4,"level":5,"hose":{"length":2}}"#),
    (
      #"{"heater": {"valve": "closed"}}"#,
      #"{"kind":"gas","valve":"closed","level":5,"hose":{"length":2}}"#
    ), (#"{"heater": {"kind": "wood"}}"#, #"{"kind":"wood","logs":2,"dry":false}"#),
    (
      #"{"heater": {"watts": 9, "kind": "electric"}}"#,
      #"{"kind":"electric","watts":9,"level":3}"#
    ),
  ]) func `is written with its kind first, and reads back equal`(
    _ text: String, _ written: String
  ) throws {
    let value = try workshop(text)
    #expect(value.json["heater"]?.serialized() == written)
    #expect(try workshop(value.json.serialized()) == value)
  }

  // MARK: Problems

  @Test func `must be of a kind that there is`() throws {
    #expect(
      try problems(#"{"heater": {"kind": "wod", "flames": 0, "x": 1}}"#) == [
        #"w.json:1:21: heater.kind is "wod"; it must be "gas", "wood" or "electric"; did you mean "wood"?"#
      ])
    #expect(
      try problems(#"{"heater": {"kind": 3}}"#)
        == [#"w.json:1:21: heater.kind is 3; it must be "gas", "wood" or "electric""#])
    #expect(
      try problems(#"{"heater": "wood"}"#) == [
        #"w.json:1:12: heater is "wood"; it must be an object with keys such as "kind", "valve", "flames""#
      ])
    #expect(
      ConfigurationType<Heater>.union.shape.words
        == #"an object whose "kind" is "gas", "wood" or "electric""#)
  }

  @Test func `has the keys of its kind`() throws {
    #expect(
      try problems(#"{"heater": {"kind": "wood", "logz": 1, "zzzzzz": 2}}"#) == [
        #"w.json:1:29: heater.logz is not a key of heater of kind "wood"; did you mean "logs"?"#,
        #"w.json:1:40: heater.zzzzzz is not a key of heater of kind "wood"; there are kind, logs, dry"#,
      ])
    #expect(
      try problems(#"{"heater": {"kin": "wood"}}"#) == [
        #"w.json:1:13: heater.kin is not a key of heater of kind "gas"; did you mean "kind"?"#
      ])
  }

  @Test func `says which kind has a key`() throws {
    #expect(
      try problems(#"{"heater": {"logs": 1}}"#) == [
        #"w.json:1:13: heater.logs is 1, but counts only if heater.kind is "wood", and that is "gas"; "#
          + "remove the one or change the other"
      ])
    #expect(
      try problems(#"{"heater": {"level": 1, "kind": "wood"}}"#) == [
        #"w.json:1:13: heater.level is 1, but counts only if heater.kind is "gas" or "electric", and that "#
          + #"is "wood"; remove the one or change the other"#
      ])
  }

  @Test func `has the rules of its kind`() throws {
    #expect(
      try problems(#"{"heater": {"kind": "electric"}}"#)
        == ["w.json:1:12: heater.watts is missing; it must be a whole number of at least 1"])
    #expect(
      try problems(#"{"heater": {"valve": "closed", "flames": 3}}"#) == [
        #"w.json:1:32: heater.flames is 3, but counts only if heater.valve is "open", and that is "closed"; "#
          + "remove the one or change the other"
      ])
    #expect(
      try problems(#"{"heater": {"kind": "wood", "dry": true, "logs": 11}}"#)
        == [
          "w.json:1:50: heater.logs is 11 and heater.dry is true: that burns; set logs to 10"
        ])
    #expect(
      try problems(#"{"heater": {"kind": "electric", "watts": 4000}}"#) == [
        #"w.json:1:21: heater.kind is "electric" and heater.watts is 4000: the fuse is small; "#
          + "set heater.watts to 3000"
      ])
  }

  @Test func `can be what other keys depend on`() throws {
    #expect(
      try problems(#"{"pipe": 2}"#) == [
        #"w.json:1:2: pipe is 2, but counts only if heater.kind is "wood", and that is "gas"; "#
          + "remove the one or change the other"
      ])
    #expect(try workshop(#"{"pipe": 2}"#, "heater.kind=wood").pipe == 2)
    #expect(try workshop(#"{"heater": {"kind": "wood"}}"#).json["pipe"]?.int == 1)
    #expect(try workshop("{}").json["pipe"] == nil)
  }

  // MARK: Overrides

  @Test func `can be overridden key by key, with and without its kind`() throws {
    #expect(try workshop("{}", "heater.flames=2").json["heater"]?["flames"]?.int == 2)
    let wood = try workshop("{}", "heater.logs=9", "heater.kind=wood")
    #expect(wood.heater.json.serialized() == #"{"kind":"wood","logs":9,"dry":false}"#)
    let whole = try workshop(#"{"heater": {"flames": 1}}"#, #"heater={"kind": "wood", "logs": 5}"#)
    #expect(whole.heater.json.serialized() == #"{"kind":"wood","logs":5,"dry":false}"#)
    #expect(
      try problems("{}", "heater.kind=woood", "heater.logs=1") == [
        #"--set heater.kind=woood: heater.kind is "woood"; it must be "gas", "wood" or "electric"; did you mean "#
          + #""wood"?"#
      ])
    #expect(
      try problems("{}", "heater.logs=1") == [
        #"--set heater.logs=1: heater.logs is 1, but counts only if heater.kind is "wood", and that is "gas"; "#
          + "remove the one or change the other"
      ])
  }

  @Test func `loses the keys of the old kind when an argument changes it`() throws {
    let text = #"{"heater": {"valve": "open", "flames": 1, "level": 8}, "pipe": 1}"#
    let wood = try workshop(text, "heater.kind=wood")
    #expect(wood.heater == .wood(WoodHeater()))
    // What both have stays as the file states it.
    let electric = try workshop(
      #"{"heater": {"flames": 1, "level": 8}}"#, "heater.kind=electric", "heater.watts=7")
    #expect(
      electric.heater.json.serialized() == #"{"kind":"electric","watts":7,"level":8}"#)
    // But not a key that an argument states.
    #expect(try problems(text, "heater.kind=wood", "heater.flames=3").count == 1)
  }

  // MARK: Differences and advice

  @Test func `differs by its kind and by the keys that only one has`() throws {
    let (gas, wood) = (try workshop("{}"), try workshop(#"{"heater": {"kind": "wood"}}"#))
    #expect(
      gas.differences(from: wood) == [
        "heater.kind", "heater.valve", "heater.flames", "heater.level", "heater.hose",
        "heater.logs", "heater.dry", "pipe",
      ])
    #expect(
      try gas.differences(from: workshop(#"{"heater": {"hose": {"length": 3}}}"#))
        == ["heater.hose.length"])
  }

  private func advised(
    _ text: String, _ advice: String, _ overrides: String...
  ) throws -> (heater: String, leftOut: [String]) {
    let (value, leftOut) = try Workshop.read(
      JSON.parse(Array(text.utf8), file: "w.json"),
      advice: JSON.parse(Array(advice.utf8), file: "advice"), file: "w.json",
      overrides: overrides.compactMap { ConfigurationOverride($0) })
    return (value.heater.json.serialized(), leftOut)
  }

  @Test func `takes advice for its own kind only`() throws {
    let advice = #"{"heater": {"kind": "electric", "watts": 9, "level": 7}}"#
    let electric = #"{"kind":"electric","watts":9,"level":7}"#
    let gas = #"{"kind":"gas","valve":"open","flames":4,"level":5,"hose":{"length":2}}"#
    #expect(try advised("{}", advice) == (electric, []))
    #expect(try advised(#"{"heater": {"level": 2}}"#, advice).heater.hasSuffix(#""level":2}"#))
    #expect(try advised(#"{"heater": {"kind": "electric"}}"#, advice) == (electric, []))
    #expect(try advised(#"{"heater": {"kind": "gas"}}"#, advice) == (gas, []))
    #expect(try advised("{}", advice, "heater.kind=gas") == (gas, []))
    #expect(try advised("{}", advice, #"heater={"level": 5}"#) == (gas, []))
    // Advice without a kind is for the default one.
    let level = #"{"heater": {"level": 7}}"#
    #expect(try advised("{}", level).heater.contains(#""level":7"#))
    #expect(
      try advised(#"{"heater": {"kind": "electric", "watts": 1}}"#, level).heater
        == #"{"kind":"electric","watts":1,"level":3}"#)
    // A kind that does not go with what is stated gives way with all that was advised for it.
    #expect(
      try advised(#"{"heater": {"flames": 4}}"#, advice) == (gas, ["heater"]))
    // Before advice is asked for, keys of all kinds may turn out right.
    let undecided = try Workshop.read(
      JSON.parse(Array(#"{"heater": {"watts": 4}}"#.utf8), file: "w.json"),
      undecided: ["heater"], file: "w.json")
    #expect(undecided.heater == Heater())
  }

  @Test func `is filled from another object of its kind only`() throws {
    func filled(_ text: String, _ other: String) throws -> String {
      try Workshop.filled(
        JSON.parse(Array(text.utf8), file: "a"), from: JSON.parse(Array(other.utf8), file: "b")
      ).serialized()
    }
    let wood = #"{"heater":{"kind":"wood","logs":3}}"#
    #expect(
      try filled(#"{"heater":{"dry":true}}"#, wood)
        == #"{"heater":{"dry":true,"kind":"wood","logs":3}}"#)
    #expect(try filled(#"{"heater":{"kind":"gas"}}"#, wood) == #"{"heater":{"kind":"gas"}}"#)
    #expect(
      try filled(#"{"heater":{"kind":"wood","pieces":4}}"#, wood)
        == #"{"heater":{"kind":"wood","logs":4}}"#)
  }

  // MARK: Documents

  @Test func `has a schema for each kind, of which the default one may do without the key`() {
    let heater = Workshop.schema(title: "Workshop")["properties"]?["heater"]
    #expect(heater?["description"]?.string == "What makes it warm.")
    #expect(
      heater?["oneOf"]?.array?.dropFirst().map { $0.serialized() } == [
        #"{"title":"wood","description":"A stove.","type":"object","additionalProperties":false,"#
          + #""required":["kind"],"properties":{"kind":{"const":"wood"},"#
          + #""logs":{"description":"How many. Its earlier name `pieces` is still read.","#
          + #""type":"integer","minimum":1,"maximum":1000000000,"default":2},"#
          + #""pieces":{"description":"The earlier name of `logs`.","deprecated":true,"#
          + #""type":"integer","minimum":1,"maximum":1000000000},"#
          + #""dry":{"description":"Whether they are.","type":"boolean","default":false}}}"#,
        #"{"title":"electric","description":"A heater with a plug.","type":"object","#
          + #""additionalProperties":false,"required":["kind","watts"],"#
          + #""properties":{"kind":{"const":"electric"},"watts":{"description":"Power.","#
          + #""type":"integer","minimum":1,"maximum":1000000000},"level":{"description":"How warm.","#
          + #""type":"integer","minimum":1,"maximum":9,"default":3}}}"#,
      ])
    let gas = heater?["oneOf"]?.array?.first
    #expect(gas?["required"] == nil && gas?["properties"]?["kind"]?["const"]?.string == "gas")
    #expect(gas?["properties"]?["hose"]?["properties"]?["length"]?["type"]?.string == "number")
  }

  @Test func `has a section of its own and one for each kind`() {
    #expect(
      Workshop.guide.contains(
        """
        | `heater` | [an object](#heater) |  | What makes it warm. |
        | `pipe` | a whole number of at least 1 | `1` | Length of the pipe. Counts only if `heater.kind` is "wood". |

        ## `heater`

        What makes the heat.

        | Key | Value | Default | Meaning |
        |---|---|---|---|
        | `kind` | "gas", "wood" or "electric" | `"gas"` | Which one it is, and so which other keys there are. \
        [`gas`](#heater-gas), [`wood`](#heater-wood) and [`electric`](#heater-electric) have their own keys. |

        ## `heater` (`gas`)

        A heater with flames.

        | Key | Value | Default | Meaning |
        |---|---|---|---|
        | `valve` | "open" or "closed" | `"open"` | Whether gas comes. |
        | `flames` | a whole number of at least 1 | `4` | How many. Counts only if `valve` is "open". |
        | `level` | a whole number of at least 1 and at most 9 | `5` | How warm. |
        | `hose` | [an object](#heaterhose-gas) |  | Where gas comes from. |

        ## `heater.hose` (`gas`)

        A hose.

        """))
  }

  @Test func `has help for the terminal, and all of its keys`() {
    #expect(
      Workshop.help.contains(
        """
        heater.kind: "gas"
            What makes the heat. Which one it is, and so which other keys there are.
            It must be "gas", "wood" or "electric".

        heater.valve: "open"
            Whether gas comes. Counts only if heater.kind is "gas".
            It must be "open" or "closed".
        """))
    #expect(
      Workshop.keys.map(\.path) == [
        "name", "heater.kind", "heater.valve", "heater.flames", "heater.level",
        "heater.hose.length", "heater.logs", "heater.dry", "heater.watts", "pipe",
      ])
  }

  @Test func `has words that a shell can complete`() {
    func words(_ path: String) -> [String]? { Workshop.keys.first { $0.path == path }?.words }
    #expect(words("heater.kind") == ["gas", "wood", "electric"])
    #expect(words("heater.valve") == ["open", "closed"])
    #expect(words("heater.dry") == ["true", "false"])
    #expect(words("pipe") == [] && words("name") == [])
  }
}
