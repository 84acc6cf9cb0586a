import Testing

@testable import DragomanFormats

@Suite struct `A key with an earlier name` {
  private func problems(_ text: String, _ overrides: String...) throws -> [String] {
    let overrides = overrides.compactMap { ConfigurationOverride($0) }
    let error = #expect(throws: ConfigurationError.self) {
      try Workshop.parse(Array(text.utf8), file: "w.json", overrides: overrides)
    }
    return try #require(error).problems.map(\.description)
  }

  private let former = #"{"heater": {"hose": {"meters": 7}}}"#
  private let present = #"{"heater": {"hose": {"length": 7}}}"#

  @Test func `is read under both, and written under the present one`() throws {
    let (old, new) = (try workshop(former), try workshop(present))
    #expect(old == new && old.differences(from: new).isEmpty)
    #expect(old.json["heater"]?["hose"]?.serialized() == #"{"length":7}"#)
    #expect(
      try Workshop.renamed(JSON.parse(Array(former.utf8), file: "w.json")).serialized()
        == present.filter { $0 != " " })
    // Which keys have one depends on the kind.
    #expect(
      try workshop(#"{"heater": {"kind": "wood", "pieces": 5}}"#)
        == workshop(#"{"heater": {"kind": "wood", "logs": 5}}"#))
    #expect(try problems(#"{"heater": {"pieces": 5}}"#).count == 1)
  }

  @Test func `cannot be stated under both`() throws {
    #expect(
      try problems(#"{"heater": {"hose": {"meters": 7, "length": 7}}}"#) == [
        "w.json:1:22: heater.hose.meters is the earlier name of heater.hose.length, and both are there; "
          + "leave heater.hose.meters out"
      ])
    let text = #"{"heater": {"hose": {"meters": 7, "length": 7}}}"#
    let error = #expect(throws: ConfigurationError.self) {
      try Workshop.parse(Array(text.utf8), file: "w.json")
    }
    #expect(error?.details.hint == "Leave the earlier name out.")
  }

  @Test func `is named by its present one in errors`() throws {
    #expect(
      try problems(#"{"heater": {"hose": {"meters": 0}}}"#)
        == ["w.json:1:32: heater.hose.length is 0; it must be greater than 0"])
  }

  @Test(arguments: ["length", "meters"]) func `is overridden under both`(_ key: String) throws {
    for text in [former, present, "{}"] {
      let read = try workshop(text, "heater.hose.\(key)=3")
      #expect(read.json["heater"]?["hose"]?["length"]?.int == 3)
      let whole = try workshop(text, "heater.hose={\"\(key)\": 4}")
      #expect(whole.json["heater"]?["hose"]?["length"]?.int == 4)
    }
    #expect(
      try problems(former, "heater.hose.\(key)=x") == [
        "--set heater.hose.\(key)=x: heater.hose.length is \"x\"; it must be a number greater than 0"
      ])
    let wood = try workshop("{}", "heater.pieces=6", "heater.kind=wood")
    #expect(wood.json["heater"]?["logs"]?.int == 6)
  }

  @Test func `has both in the schema, of which the earlier one is deprecated`() {
    let gas = Workshop.schema(title: "w")["properties"]?["heater"]?["oneOf"]?.array?.first
    let hose = gas?["properties"]?["hose"]?["properties"]
    #expect(hose?.members?.map(\.name) == ["length", "meters"])
    #expect(hose?["meters"]?["deprecated"]?.bool == true && hose?["length"]?["deprecated"] == nil)
    #expect(hose?["meters"]?["exclusiveMinimum"]?.int == 0)
    #expect(
      Workshop.guide.contains("How long, in metres. Its earlier name `meters` is still read."))
    #expect(!Workshop.keys.contains { $0.path == "heater.hose.meters" })
  }
}
