import DragomanTestSupport
import Testing

@testable import DragomanFormats

/// What reading a text gives: the text it is written as again, or the error.
private func outcome(_ bytes: [UInt8], depth: Int = 64) -> String {
  do {
    return try "read: " + JSON.parse(bytes, file: "f", maximumDepth: depth).serialized()
  } catch {
    return "\(error)"
  }
}

@Suite struct `The JSON parser` {
  @Test(arguments: [
    // Nothing, too little, too much.
    ("", "1:1: expected a value, found the end of the text"),
    (" \n ", "2:2: expected a value, found the end of the text"),
    ("{", "1:2: expected a name in quotes or '}', found the end of the text"),
    ("{\"a\"", "1:5: expected ':' after a name, found the end of the text"),
    ("{\"a\":", "1:6: expected a value, found the end of the text"),
    ("{\"a\":1", "1:7: expected ',' or '}' after a member, found the end of the text"),
    ("[", "1:2: expected a value, found the end of the text"),
    ("[1", "1:3: expected ',' or ']' after an element, found the end of the text"),
    ("1 2", "1:3: expected the end of the text, found '2'"),
    ("{}\n{}", "2:1: expected the end of the text, found '{'"),
    ("[1]]", "1:4: expected the end of the text, found ']'"),
    ("{}\u{0}", "1:3: expected the end of the text, found the control character 0x00"),
    // Punctuation.
    ("[1,]", "1:4: expected a value, found ']'"),
    ("[,1]", "1:2: expected a value, found ','"),
    ("{\"a\":1,}", "1:8: expected a name in quotes, found '}'"),
    ("{,}", "1:2: expected a name in quotes or '}', found ','"),
    ("{a:1}", "1:2: expected a name in quotes or '}', found 'a'"),
    ("{'a':1}", "1:2: expected a name in quotes or '}', found '''"),
    ("{1:1}", "1:2: expected a name in quotes or '}', found '1'"),
    ("{\"a\" 1}", "1:6: expected ':' after a name, found '1'"),
    ("{\"a\":1 \"b\":2}", "1:8: expected ',' or '}' after a member, found '\"'"),
    ("[1 2]", "1:4: expected ',' or ']' after an element, found '2'"),
    ("[1}", "1:3: expected ',' or ']' after an element, found '}'"),
    ("// x\n1", "1:1: expected a value, found a comment, which JSON does not have"),
    (
      "[1 /* x */]",
      "1:4: expected ',' or ']' after an element, found a comment, which JSON does not have"
    ),
    ("#x", "1:1: expected a value, found '#'"),
    ("\u{A0}1", "1:1: expected a value, found U+00A0"),
    ("{\u{201C}a\u{201D}:1}", "1:2: expected a name in quotes or '}', found '\u{201C}' (U+201C)"),
    ("\u{C}1", "1:1: expected a value, found the control character 0x0c"),
    // Numbers.
    ("01", "1:1: expected a number without leading zeros, found '01'"),
    ("[-012.5]", "1:2: expected a number without leading zeros, found '-012'"),
    ("-", "1:2: expected a digit, found the end of the text"),
    ("-a", "1:2: expected a digit, found 'a'"),
    ("1.", "1:3: expected a digit, found the end of the text"),
    ("1.e5", "1:3: expected a digit, found 'e'"),
    ("1e+", "1:4: expected a digit, found the end of the text"),
    ("+1", "1:1: expected a value, found '+'"),
    (".5", "1:1: expected a value, found '.'"),
    ("0x10", "1:2: expected the end of the text, found 'x'"),
    ("1_000", "1:2: expected the end of the text, found '_'"),
    // Words.
    ("NaN", "1:1: expected a value, found 'NaN'"),
    ("-Infinity", "1:2: expected a digit, found 'Infinity'"),
    ("True", "1:1: expected a value, found 'True'"),
    ("tru", "1:1: expected a value, found 'tru'"),
    ("nulll", "1:5: expected the end of the text, found 'l'"),
    // Strings.
    ("\"a", "1:3: expected '\"' at the end of a string, found the end of the text"),
    ("\"a\\", "1:4: expected one of \" \\ / b f n r t u after '\\', found the end of the text"),
    (
      "\"a\nb\"",
      "1:3: expected control characters as escapes such as \\n, found the control character 0x0a"
    ),
    (
      "\"a\tb\"",
      "1:3: expected control characters as escapes such as \\n, found the control character 0x09"
    ),
    ("\"\\x\"", "1:3: expected one of \" \\ / b f n r t u after '\\', found 'x'"),
    ("\"\\u12g4\"", "1:6: expected four hexadecimal digits after '\\u', found 'g'"),
    ("\"\\u+123\"", "1:4: expected four hexadecimal digits after '\\u', found '+'"),
    ("\"\\u12\"", "1:6: expected four hexadecimal digits after '\\u', found '\"'"),
    ("\"\\ud800\"", "1:2: expected both halves of a surrogate pair, found '\\ud800' alone"),
    ("\"é\\uDBFFx\"", "1:3: expected both halves of a surrogate pair, found '\\udbff' alone"),
    ("\"\\ud800\\u0041\"", "1:2: expected both halves of a surrogate pair, found '\\ud800' alone"),
    ("\"\\ud800\\ud800\"", "1:2: expected both halves of a surrogate pair, found '\\ud800' alone"),
    ("\"\\udc00\"", "1:2: expected both halves of a surrogate pair, found '\\udc00' alone"),
    // Names.
    ("{\"a\":1,\"a\":2}", "1:8: expected names that differ, found \"a\" a second time"),
    ("{\"a\":1,\"\\u0061\":2}", "1:8: expected names that differ, found \"a\" a second time"),
    (
      "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\n\"c\":2}",
      "2:1: expected names that differ, found \"c\" a second time"
    ),
    (
      "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"i\":2}",
      "1:56: expected names that differ, found \"i\" a second time"
    ),
    // Encodings that are no UTF-8 in disguise.
    ("\u{FEFF}1", "1:1: expected a JSON text, found a byte order mark (U+FEFF)"),
    // Columns count scalars, lines end with "\n".
    ("{\n \"é\": 😀}", "2:7: expected a value, found '😀' (U+1F600)"),
    ("[\"日本\", x]", "1:8: expected a value, found 'x'"),
    ("[\r\n\"e\u{301}\", x]", "2:7: expected a value, found 'x'"),
  ])
  func `refuses`(_ text: String, _ expected: String) {
    #expect(outcome(Array(text.utf8)) == "f:\(expected)")
  }

  @Test(arguments: [
    ([0xFF] as [UInt8], "1:1: expected UTF-8, found the byte 0xff"),
    ([0x22, 0xC0, 0x80, 0x22], "1:2: expected UTF-8, found the byte 0xc0"),
    ([0x22, 0xE0, 0x80, 0x80, 0x22], "1:2: expected UTF-8, found the byte 0xe0"),
    ([0x22, 0xED, 0xA0, 0x80, 0x22], "1:2: expected UTF-8, found the byte 0xed"),
    ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], "1:2: expected UTF-8, found the byte 0xf4"),
    ([0x22, 0x80, 0x22], "1:2: expected UTF-8, found the byte 0x80"),
    ([0x0A, 0x22, 0xC3, 0xA9, 0xE2, 0x82, 0x22], "2:3: expected UTF-8, found the byte 0xe2"),
    ([0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00], "1:1: expected UTF-8, found UTF-16"),
    ([0xFE, 0xFF, 0x00, 0x7B, 0x00, 0x7D], "1:1: expected UTF-8, found UTF-16"),
    ([0x7B, 0x00, 0x7D, 0x00], "1:1: expected UTF-8, found UTF-16LE"),
    ([0x00, 0x7B, 0x00, 0x7D], "1:1: expected UTF-8, found UTF-16BE"),
    ([0x00, 0x00], "1:1: expected a value, found the control character 0x00"),
    ([0x31, 0x00], "1:2: expected the end of the text, found the control character 0x00"),
  ])
  func `refuses bytes`(_ bytes: [UInt8], _ expected: String) {
    #expect(outcome(bytes) == "f:\(expected)")
  }

  @Test(arguments: [
    (" \t\r\n1\n", "1"), ("-0", "-0"), ("1E5", "1E5"), ("-1.50e-07", "-1.50e-07"), ("[ ]", "[]"),
    ("{ }", "{}"), ("[null,true,false]", "[null,true,false]"),
    (
      "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"",
      "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\té😀\""
    ),
    ("\"\u{7F}\u{2028}\u{FEFF}\"", "\"\\u007f\u{2028}\u{FEFF}\""), ("\"\\u0000\"", "\"\\u0000\""),
    ("{\"\":{\"\":1}}", "{\"\":{\"\":1}}"),
  ])
  func `reads`(_ text: String, _ expected: String) {
    #expect(outcome(Array(text.utf8)) == "read: \(expected)")
  }

  @Test func `refuses to go too deep, without running out of stack`() {
    for open in ["[", "{\"a\":"] {
      let deep = Array(String(repeating: open, count: 200_000).utf8)
      #expect(
        outcome(deep)
          == "f:1:\(64 * open.utf8.count + 1): expected fewer brackets within brackets, found one more level"
      )
    }
    #expect(outcome(Array("[[]]".utf8), depth: 1).hasPrefix("f:1:2: expected fewer"))
    #expect(outcome(Array("[[]]".utf8), depth: 2) == "read: [[]]")
    #expect(outcome(Array("1".utf8), depth: 0) == "read: 1")
  }

  @Test func `keeps order, positions and the text of numbers`() throws {
    let text =
      "{\n  \"zwölf\": [1.50, -0, 1e5],\n  \"a\": {\"b\": null, \"c\": \"x\\n\\u00e9\\ud83d\\ude00/\"}\n}"
    let json = try JSON.parse(Array(text.utf8), file: "f")
    #expect(json.members?.map(\.name) == ["zwölf", "a"])
    #expect(json.members?[1].namePosition == JSONPosition(line: 3, column: 3, offset: 33))
    #expect(json["zwölf"]?.array?[1].position == JSONPosition(line: 2, column: 19, offset: 21))
    #expect(json["a"]?["c"]?.position == JSONPosition(line: 3, column: 25, offset: 55))
    #expect(json["a"]?["c"]?.string == "x\né😀/")
    #expect(json.serialized() == #"{"zwölf":[1.50,-0,1e5],"a":{"b":null,"c":"x\né😀/"}}"#)
  }

  @Test func `tells names apart scalar by scalar`() throws {
    let json = try JSON.parse(Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8), file: "f")
    #expect(json["\u{E9}"]?.int == 1)
    #expect(json["e\u{301}"]?.int == 2)
    // As a set too.
    let many = (0..<9).map { "\"\($0)\":0," }.joined()
    _ = try JSON.parse(Array("{\(many)\"\u{E9}\":1,\"e\u{301}\":2}".utf8), file: "f")
  }

  /// Random changes to a text are read or refused; what is read is written and read as the same.
  @Test(arguments: [1, 2, 3, 4])
  func `never traps`(_ seed: UInt64) throws {
    let text = Array(
      #"{"a":[1,-2.5e3,true,null,"x\u00e9\n\ud83d\ude00"],"b":{"c":{},"d":[[],[{}]]},"é":"日本"}"#
        .utf8)
    let spice = Array("{}[]\",:\\u0e-1 \ntfd".utf8) + [0x00, 0xC3, 0xE2, 0xF0, 0xFF, 0x80]
    var random = SplitMix(seed: seed)
    var (read, refused) = (0, 0)
    for _ in 0..<50_000 {
      var bytes = text
      random.mutate(&bytes, with: spice)
      guard let json = try? JSON.parse(bytes, file: "f") else {
        refused += 1
        continue
      }
      read += 1
      guard read % 8 == 0 else { continue }
      let again = try JSON.parse(Array(json.serialized(pretty: read % 16 == 0).utf8), file: "f")
      #expect(again.serialized() == json.serialized())
    }
    #expect(read > 1000 && refused > 1000)
  }
}
