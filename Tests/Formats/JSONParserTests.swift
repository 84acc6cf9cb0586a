import Testing

@testable import DragomanFormats

@Suite struct `The JSON parser` {
  static func message(_ bytes: [UInt8], depth: Int = 64) -> String {
    do {
      return try "accepted: " + JSON.parse(bytes, file: "f", maximumDepth: depth).serialized()
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("", "f:1:1: expected a value, found the end of the text"),
    (" \n ", "f:2:2: expected a value, found the end of the text"),
    ("[1,]", "f:1:4: expected a value, found ']'"),
    (#"{"a":1,}"#, "f:1:8: expected a name in quotes, found '}'"),
    (#"{a:1}"#, "f:1:2: expected a name in quotes or '}', found 'a'"),
    (#"{'a':1}"#, "f:1:2: expected a name in quotes or '}', found '''"),
    (#"{"a" 1}"#, "f:1:6: expected ':' after a name, found '1'"),
    (#"{"a":1 "b":2}"#, "f:1:8: expected ',' or '}' after a member, found '\"'"),
    ("[1 2]", "f:1:4: expected ',' or ']' after an element, found '2'"),
    ("// x\n1", "f:1:1: expected a value, found '/'"),
    ("1 2", "f:1:3: expected the end of the text, found '2'"),
    ("01", "f:1:2: expected a number without leading zeros, found '1'"),
    ("-", "f:1:2: expected a digit, found the end of the text"),
    ("1.", "f:1:3: expected a digit, found the end of the text"),
    ("1e+", "f:1:4: expected a digit, found the end of the text"),
    ("+1", "f:1:1: expected a value, found '+'"),
    (".5", "f:1:1: expected a value, found '.'"),
    ("NaN", "f:1:1: expected a value, found 'N'"),
    ("tru", "f:1:1: expected a value, found 't'"),
    ("nulll", "f:1:5: expected the end of the text, found 'l'"),
    (#""a"#, "f:1:3: expected '\"' at the end of a string, found the end of the text"),
    (
      "\"a\nb\"",
      "f:1:3: expected a character, or a control character as an escape, found the control character 0x0a"
    ),
    (#""\x""#, #"f:1:3: expected one of " \ / b f n r t u after '\', found 'x'"#),
    (#""\u12g4""#, "f:1:6: expected four hexadecimal digits, found 'g'"),
    (#""\ud800""#, "f:1:2: expected two halves of a surrogate pair, found one half alone"),
    (#""\ud800\u0041""#, "f:1:2: expected two halves of a surrogate pair, found one half alone"),
    (#""\udc00""#, "f:1:2: expected two halves of a surrogate pair, found one half alone"),
    (#"{"a":1,"a":2}"#, "f:1:8: expected names that differ, found \"a\" a second time"),
    (#"{"a":1,"\u0061":2}"#, "f:1:8: expected names that differ, found \"a\" a second time"),
    ("\u{FEFF}1", "f:1:1: expected a JSON value, found a byte order mark"),
    ("{\n \"é\": 😀}", "f:2:7: expected a value, found '😀'"),
    ("[\"日本\", x]", "f:1:8: expected a value, found 'x'"),
  ])
  func `refuses`(_ text: String, _ expected: String) {
    #expect(Self.message(Array(text.utf8)) == expected)
  }

  @Test(arguments: [
    ([0xFF] as [UInt8], "f:1:1: expected UTF-8, found the byte 0xff"),
    ([0x22, 0xC0, 0x80, 0x22], "f:1:2: expected UTF-8, found the byte 0xc0"),
    ([0x22, 0xED, 0xA0, 0x80, 0x22], "f:1:2: expected UTF-8, found the byte 0xed"),
    ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], "f:1:2: expected UTF-8, found the byte 0xf4"),
    ([0x0A, 0x22, 0xE2, 0x82, 0x22], "f:2:2: expected UTF-8, found the byte 0xe2"),
    (
      [0x7B, 0x00, 0x7D, 0x00],
      "f:1:2: expected a name in quotes or '}', found the control character 0x00"
    ),
    ([0x31, 0x00], "f:1:2: expected the end of the text, found the control character 0x00"),
  ])
  func `refuses bytes`(_ bytes: [UInt8], _ expected: String) {
    #expect(Self.message(bytes) == expected)
  }

  @Test func `refuses to go too deep, without running out of stack`() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 200_000)
    #expect(Self.message(deep) == "f:1:65: expected at most 64 levels, found one more")
    #expect(
      Self.message(Array(#"{"a":{"b":1}}"#.utf8), depth: 1).hasPrefix("f:1:6: expected at most 1"))
    #expect(Self.message(Array(#"{"a":{"b":1}}"#.utf8), depth: 2) == #"accepted: {"a":{"b":1}}"#)
  }

  @Test func `keeps order, positions and the text of numbers`() throws {
    let text =
      "{\n  \"zwölf\": [1.50, -0, 1e5],\n  \"a\": {\"b\": null, \"c\": \"x\\n\\u00e9\\ud83d\\ude00/\"}\n}"
    let json = try JSON.parse(Array(text.utf8), file: "f")
    #expect(json.members?.map(\.name) == ["zwölf", "a"])
    #expect(json.members?[1].namePosition == JSONPosition(line: 3, column: 3, offset: 33))
    #expect(json["zwölf"]?.array?[1].position == JSONPosition(line: 2, column: 19, offset: 21))
    #expect(json["zwölf"]?.array?.map(\.double) == [1.5, 0, 100_000])
    #expect(json["zwölf"]?.array?.map(\.int) == [nil, 0, nil])
    #expect(json["a"]?["b"]?.isNull == true)
    #expect(json["a"]?["c"]?.string == "x\né😀/")
    #expect(json.serialized() == #"{"zwölf":[1.50,-0,1e5],"a":{"b":null,"c":"x\né😀/"}}"#)
  }

  @Test func `tells names apart scalar by scalar`() throws {
    let json = try JSON.parse(Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8), file: "f")
    #expect(json["\u{E9}"]?.int == 1)
    #expect(json["e\u{301}"]?.int == 2)
  }

  /// Random changes to a text are read or refused, and what is read is written and read again.
  @Test func `never traps`() throws {
    let seed = Array(
      #"{"a":[1,-2.5e3,true,null,"x\u00e9\n"],"b":{"c":{},"d":[[],[{}]]},"é":"日本"}"#.utf8)
    var state: UInt64 = 7
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let spice = Array("{}[]\",:\\u0e-1 \n".utf8) + [0x00, 0xC3, 0xFF, 0x80]
    var accepted = 0
    for _ in 0..<20_000 {
      var bytes = seed
      for _ in 0...draw(3) {
        switch draw(3) {
        case 0: bytes[draw(bytes.count)] = spice[draw(spice.count)]
        case 1: bytes.insert(spice[draw(spice.count)], at: draw(bytes.count))
        default: bytes.removeSubrange(draw(bytes.count)...)
        }
        if bytes.isEmpty { break }
      }
      guard let json = try? JSON.parse(bytes, file: "f") else { continue }
      accepted += 1
      let text = json.serialized(pretty: accepted % 2 == 0)
      let again = try JSON.parse(Array(text.utf8), file: "f")
      #expect(again.serialized() == json.serialized())
    }
    #expect(accepted > 50)
  }

  @Test func `writes numbers in the fewest digits that give them back`() {
    #expect(JSON.double(0.1).serialized() == "0.1")
    #expect(JSON.double(3).serialized() == "3")
    #expect(JSON.double(-0.000123).serialized() == "-0.000123")
    #expect(JSON.int(.min).int == .min)
    #expect(JSON.string("\u{1}\u{7F}\"\\\t").serialized() == #""\u0001\u007f\"\\\t""#)
    #expect(JSON.array([]).serialized(pretty: true) == "[]")
  }
}
