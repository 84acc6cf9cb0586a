import Testing

@testable import DragomanFormats

@Suite struct `Overrides of a configuration` {
  let text = #"{"dishes": ["x"], "fuel": "gas", "flames": 3, "oven": {"open": true}}"#

  @Test func `replace what the file says and leave the rest`() throws {
    let read = try kitchen(text, "oven.heat=50", "name=my place", #"dishes=["a","b"]"#, "flames=2")
    #expect(read.oven.heat == 50 && read.oven.open && read.name == "my place" && read.flames == 2)
    #expect(read.dishes == ["a", "b"])
  }

  @Test func `may be bare numbers where a text is due`() throws {
    #expect(try kitchen(text, "name=12").name == "12")
    #expect(try kitchen(text, "name=a=b").name == "a=b")
  }

  @Test func `win over earlier ones`() throws {
    #expect(try kitchen(text, "flames=2", "flames=5").flames == 5)
  }

  @Test func `take the keys of the old choice with them`() throws {
    let read = try kitchen(text, "fuel=wood")
    #expect(read.fuel == .wood && read.flames == Kitchen().flames)
    #expect(try problems(text, "fuel=wood", "flames=2").count == 1)
  }

  @Test func `are named in errors`() throws {
    #expect(
      try problems(text, "oven.heat=hot", "ofen.heat=3", "flames.x=1", "flames=0") == [
        "--set flames.x=1: flames is 3, which has no keys; override flames as a whole",
        #"--set ofen.heat=3: ofen is not a key of the configuration; did you mean "oven"?"#,
        "--set flames=0: flames is 0; it must be at least 1",
        #"--set oven.heat=hot: oven.heat is "hot"; it must be a number in 0..<400"#,
      ])
  }

  @Test(arguments: ["flames", "=3", "oven.=3", ".heat=3"]) func `need a key and a value`(
    _ text: String
  ) {
    #expect(ConfigurationOverride(text) == nil)
  }
}
