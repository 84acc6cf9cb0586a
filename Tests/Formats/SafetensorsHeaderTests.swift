import DragomanTestSupport
import Testing

@testable import DragomanFormats

/// What reading a header gives, with so many bytes of data after it: the tensors' places, or the error.
private func outcome(_ header: [UInt8], data: Int) -> String {
  do {
    let size = 8 + header.count + data
    let header = try SafetensorsHeader(header, file: "F", fileSize: size)
    return (["read"] + header.tensors.map { "\($0.name) \($0.type.rawValue) \($0.shape)" })
      .joined(separator: "; ")
  } catch {
    return "\(error)"
  }
}

private func entry(_ type: String = "F32", _ shape: String = "[2]", _ offsets: String = "[0,8]")
  -> String
{
  "{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
}

private let damaged =
  " The header has to be one JSON object; the file is damaged or was made wrongly."

@Suite struct `A safetensors header` {
  @Test(arguments: [
    ("{}", 0, "read"),
    ("{ \"__metadata__\" : { \"k\" : \"v\" , \"\" : \"\" } }  \n\t", 0, "read"),
    (" \n\t\r{}", 0, "read"),
    ("{\"a\":\(entry())}", 8, "read; a F32 [2]"),
    ("{\"a\":{\"data_offsets\":[0,8],\"shape\":[2],\"dtype\":\"F32\"}}", 8, "read; a F32 [2]"),
    ("{\"\":\(entry("F32", "[]", "[0,4]"))}", 4, "read;  F32 []"),
    ("{\"a\":\(entry("BF16", "[0,9]", "[0,0]"))}", 0, "read; a BF16 [0, 9]"),
    (
      "{\"a\":\(entry("F32", "[0,4611686018427387905,9]", "[0,0]"))}", 0,
      "read; a F32 [0, 4611686018427387905, 9]"
    ),
    // Any order of entries, any alignment; what is empty may lie anywhere between two.
    (
      "{\"b\":\(entry("F64", "[1]", "[1,9]")),\"a\":\(entry("U8", "[1]", "[0,1]"))}", 9,
      "read; a U8 [1]; b F64 [1]"
    ),
    (
      "{\"b\":\(entry("U8", "[1]", "[1,2]")),\"e\":\(entry("U8", "[0]", "[1,1]")),"
        + "\"a\":\(entry("U8", "[1]", "[0,1]"))}",
      2, "read; a U8 [1]; e U8 [0]; b U8 [1]"
    ),
    ("{\"a\":\(entry("F4", "[4]", "[0,2]"))}", 2, "read; a F4 [4]"),
    ("{\"a\":\(entry("F6_E2M3", "[4]", "[0,3]"))}", 3, "read; a F6_E2M3 [4]"),
    (
      "{\"\u{E9}\":\(entry("U8", "[1]", "[0,1]")),\"e\u{301}\":\(entry("U8", "[1]", "[1,2]"))}", 2,
      "read; \u{E9} U8 [1]; e\u{301} U8 [1]"
    ),
    ("{\"__metadata__ \":\(entry())}", 8, "read; __metadata__  F32 [2]"),
  ])
  func `is read`(_ header: String, _ data: Int, _ expected: String) {
    #expect(outcome(Array(header.utf8), data: data).utf8.elementsEqual(expected.utf8))
  }

  @Test(arguments: [
    // Bytes.
    ([0x7B, 0xFF, 0x7D] as [UInt8], "byte 9: expected UTF-8 in the header, found the byte 0xff."),
    (
      [0x7B, 0x22, 0xC0, 0xAF, 0x22], "byte 10: expected UTF-8 in the header, found the byte 0xc0."
    ),
    (
      [0x7B, 0x22, 0xED, 0xA0, 0x80], "byte 10: expected UTF-8 in the header, found the byte 0xed."
    ),
    ([0x7B, 0x00, 0x7D, 0x00], "byte 8: expected UTF-8 in the header, found UTF-16LE."),
    ([0xFF, 0xFE, 0x7B, 0x00], "byte 8: expected UTF-8 in the header, found UTF-16."),
    (
      [0xEF, 0xBB, 0xBF, 0x7B, 0x7D],
      "byte 8: expected a JSON text in the header, found a byte order mark (U+FEFF)."
    ),
    (
      [0x7B, 0x7D, 0x00, 0x00],
      "byte 10: expected the end of the text in the header, found the control character 0x00."
    ),
    ([], "byte 8: expected a JSON object in the header, found its end."),
  ])
  func `of wrong bytes is refused`(_ header: [UInt8], _ expected: String) {
    #expect(outcome(header, data: 0) == "F: \(expected)\(damaged)")
  }

  @Test(arguments: [
    (
      "{\"\\ud800\":1}",
      "byte 10: expected both halves of a surrogate pair in the header, found '\\ud800' alone."
    ),
    (
      "{\"a\nb\":1}",
      "byte 11: expected control characters as escapes such as \\n in the header, found the control character 0x0a."
    ),
    ("{", "byte 9: expected a name in quotes or '}' in the header, found its end."),
    ("{\"a\"", "byte 12: expected ':' after a name in the header, found its end."),
    ("{\"__metadata__\":{},}", "byte 27: expected a name in quotes in the header, found '}'."),
    (
      "{} // x",
      "byte 11: expected the end of the text in the header, found a comment, which JSON does not have."
    ),
    ("{'a':1}", "byte 9: expected a name in quotes or '}' in the header, found '''."),
    ("{}{}", "byte 10: expected the end of the text in the header, found '{'."),
    ("[]", "byte 8: expected a JSON object in the header, found an array."),
    ("\"a\"", "byte 8: expected a JSON object in the header, found \"a\"."),
    ("null", "byte 8: expected a JSON object in the header, found null."),
    (
      "{\"a\":{\"shape\":[02]}}",
      "byte 23: expected a number without leading zeros in the header, found '02'."
    ),
    (
      "{\"a\":{\"shape\":[1 2]}}",
      "byte 25: expected ',' or ']' after an element in the header, found '2'."
    ),
    (
      "{\"__metadata__\":{},\"__metadata__\":{}}",
      "byte 27: expected names that differ in the header, found \"__metadata__\" a second time."
    ),
    (
      "{\"__metadata__\":{\"a\":\"1\",\"\\u0061\":\"2\"}}",
      "byte 33: expected names that differ in the header, found \"a\" a second time."
    ),
  ])
  func `of wrong JSON is refused`(_ header: String, _ expected: String) {
    #expect(outcome(Array(header.utf8), data: 0) == "F: \(expected)\(damaged)")
  }

  @Test(arguments: [
    // The entry.
    ("3", "an object with dtype, shape and data_offsets, found 3."),
    ("null", "an object with dtype, shape and data_offsets, found null."),
    ("[\"F32\",[2],[0,8]]", "an object with dtype, shape and data_offsets, found an array."),
    ("{}", "a dtype, found none."),
    ("{\"shape\":[2],\"data_offsets\":[0,8]}", "a dtype, found none."),
    ("{\"dtype\":\"F32\",\"data_offsets\":[0,8]}", "a shape, found none."),
    ("{\"dtype\":\"F32\",\"shape\":[2]}", "data_offsets, found none."),
    ("{\"dtype\":null}", "a dtype in quotes, found null."),
    ("{\"dtype\":3}", "a dtype in quotes, found 3."),
    ("{\"dtype\":\"F32\",\"dtype\":\"F32\"}", "one 'dtype', found a second."),
    ("{\"shape\":[],\"shap\\u0065\":[]}", "one 'shape', found a second."),
    ("{\"extra\":1}", "no fields but dtype, shape and data_offsets, found 'extra'."),
    (entry("f32"), "a known dtype, found 'f32'. Did you mean 'F32'?"),
    (entry("F8_E4M4"), "a known dtype, found 'F8_E4M4'. Did you mean 'F8_E4M3'?"),
    (
      entry("Q4_0"),
      "a known dtype, found 'Q4_0'. Known are BOOL, U8, I8, F8_E5M2, F8_E4M3, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ, "
        + "I16, U16, F16, BF16, I32, U32, F32, I64, U64, F64, C64, F4, F6_E2M3, F6_E3M2."
    ),
    (entry("F32", "2"), "an array 'shape', found 2."),
    (entry("F32", "null"), "an array 'shape', found null."),
    (entry("F32", "{}"), "an array 'shape', found an object."),
    (entry("F32", "[-2]"), "integers from 0 to 2^63 - 1 in 'shape', found -2."),
    (entry("F32", "[-0]"), "integers from 0 to 2^63 - 1 in 'shape', found -0."),
    (entry("F32", "[2.0]"), "integers from 0 to 2^63 - 1 in 'shape', found 2.0."),
    (entry("F32", "[2e0]"), "integers from 0 to 2^63 - 1 in 'shape', found 2e0."),
    (entry("F32", "[\"2\"]"), "integers from 0 to 2^63 - 1 in 'shape', found \"2\"."),
    (entry("F32", "[true]"), "integers from 0 to 2^63 - 1 in 'shape', found true."),
    (entry("F32", "[null]"), "integers from 0 to 2^63 - 1 in 'shape', found null."),
    (entry("F32", "[[2]]"), "integers from 0 to 2^63 - 1 in 'shape', found an array."),
    (
      entry("F32", "[9223372036854775808]"),
      "integers from 0 to 2^63 - 1 in 'shape', found 9223372036854775808."
    ),
    (
      entry("F32", "[36893488147419103234]"),
      "integers from 0 to 2^63 - 1 in 'shape', found 36893488147419103234."
    ),
    (entry("F32", "[2]", "8"), "an array 'data_offsets', found 8."),
    (entry("F32", "[2]", "[]"), "two data_offsets, found []."),
    (entry("F32", "[2]", "[8]"), "two data_offsets, found [8]."),
    (entry("F32", "[2]", "[0,8,9]"), "two data_offsets, found [0, 8, 9]."),
    (
      entry("F32", "[2]", "[0,8,9,9,9,9,9,9,9,9]"),
      "two data_offsets, found [0, 8, 9, 9, 9, 9, 9, 9, … 10 in all]."
    ),
    (entry("F32", "[2]", "[-8,0]"), "integers from 0 to 2^63 - 1 in 'data_offsets', found -8."),
    (entry("F32", "[2]", "[0,8.0]"), "integers from 0 to 2^63 - 1 in 'data_offsets', found 8.0."),
    // The layout.
    (entry("F32", "[2]", "[8,0]"), "data_offsets that begin before they end, found [8, 0]."),
    (
      entry("U8", "[1]", "[9223372036854775806,9223372036854775807]"),
      "data_offsets that begin before they end, found [9223372036854775806, 9223372036854775807]."
    ),
    (
      entry("F32", "[4,4611686018427387905]", "[0,16]"),
      "a shape that fits in memory, found [4, 4611686018427387905]."
    ),
    (
      entry("F32", "[4611686018427387905,0]", "[0,0]"),
      "a shape that fits in memory, found [4611686018427387905, 0]."
    ),
    (
      entry("U8", "[2305843009213693952]", "[0,0]"),
      "a shape that fits in memory, found [2305843009213693952]."
    ),
    (entry("F4", "[3]", "[0,2]"), "whole bytes, found 12 bits of F4 [3]."),
    (entry("F6_E3M2", "[2]", "[0,1]"), "whole bytes, found 12 bits of F6_E3M2 [2]."),
    (entry("F32", "[3]"), "12 bytes of F32 [3], found 8."),
    (entry("F32", "[]"), "4 bytes of F32 [], found 8."),
    (entry("F32", "[0]"), "0 bytes of F32 [0], found 8."),
    (entry("F32", "[1]", "[4,8]"), "data that begin at 0, found 4, which leaves out 4 bytes."),
  ])
  func `with a wrong entry is refused`(_ entry: String, _ expected: String) {
    let found = outcome(Array("{\"a\":\(entry)}".utf8), data: 8)
    #expect(found == "F: tensor 'a': expected \(expected)")
  }

  @Test(arguments: [
    (
      "\"a\":\(entry()),\"a\":\(entry())",
      "tensor 'a': expected one entry of this name, found a second."
    ),
    (
      "\"a\":\(entry()),\"\\u0061\":\(entry("F32", "[2]", "[8,16]"))",
      "tensor 'a': expected one entry of this name, found a second."
    ),
    // Overlap, alias, hole, and the same when they are listed the other way round.
    (
      "\"a\":\(entry()),\"b\":\(entry("F32", "[1]", "[4,8]"))",
      "tensor 'b': expected data that begin at 8, where those of 'a' end, found 4, which is within them."
    ),
    (
      "\"b\":\(entry("F32", "[1]", "[4,8]")),\"a\":\(entry())",
      "tensor 'b': expected data that begin at 8, where those of 'a' end, found 4, which is within them."
    ),
    (
      "\"a\":\(entry()),\"b\":\(entry())",
      "tensor 'b': expected data that begin at 8, where those of 'a' end, found 0, which is within them."
    ),
    (
      "\"a\":\(entry()),\"b\":\(entry("F32", "[1]", "[12,16]"))",
      "tensor 'b': expected data that begin at 8, where those of 'a' end, found 12, which leaves out 4 bytes."
    ),
    (
      "\"a\":\(entry()),\"b\":\(entry("F32", "[0]", "[4,4]"))",
      "tensor 'b': expected data that begin at 8, where those of 'a' end, found 4, which is within them."
    ),
    ("\"__metadata__\":null", "metadata: expected an object of strings, found null."),
    ("\"__metadata__\":[]", "metadata: expected an object of strings, found an array."),
    ("\"__metadata__\":{\"a\":1}", "metadata 'a': expected a string, found 1."),
    ("\"__metadata__\":{\"a\":null}", "metadata 'a': expected a string, found null."),
    ("\"__metadata__\":{\"a\":{\"b\":\"c\"}}", "metadata 'a': expected a string, found an object."),
    ("\"__metadata__\":\(entry())", "metadata 'shape': expected a string, found an array."),
    // Names out of foreign files stay harmless and short.
    (
      "\"\\u001b[31m\":3",
      "tensor '\\u{1b}[31m': expected an object with dtype, shape and data_offsets, found 3."
    ),
    (
      "\"\(String(repeating: "n", count: 99))\":3",
      "tensor '\(String(repeating: "n", count: 60))…': expected an object with dtype, shape and data_offsets, found 3."
    ),
  ])
  func `of entries that do not go together is refused`(_ entries: String, _ expected: String) {
    let found = outcome(Array("{\(entries)}".utf8), data: 16)
    #expect(found.hasPrefix("F: \(expected)"), "\(found)")
  }

  @Test func `has to account for every byte of the file`() {
    let header = Array("{\"a\":\(entry())}".utf8)
    let end = 8 + header.count + 8
    #expect(
      outcome(header, data: 6)
        == "F: byte \(end - 2): expected 2 more bytes of tensors, found the end of the file. It was cut short; copy "
        + "or download it again."
    )
    #expect(
      outcome(header, data: 13)
        == "F: byte \(end): expected the end of the file after the last tensor, found 5 more bytes. Something was "
        + "added to it, or it was made wrongly."
    )
    #expect(
      outcome(Array("{}".utf8), data: 4).hasPrefix("F: byte 10: expected the end of the file"))
  }

  @Test func `of deep nesting is refused without recursion`() {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(
      outcome(Array("{\"a\":{\"shape\":\(deep)}}".utf8), data: 0)
        == "F: tensor 'a': expected integers from 0 to 2^63 - 1 in 'shape', found an array.")
    #expect(
      outcome(Array(String(repeating: "{\"a\":", count: 100_000).utf8), data: 0)
        == "F: tensor 'a': expected no fields but dtype, shape and data_offsets, found 'a'.")
  }

  /// Random changes to a header are read or refused, and what is read keeps its promises.
  @Test(arguments: [1, 2, 3, 4])
  func `never traps`(_ seed: UInt64) {
    let text = Array(
      ("{\"__metadata__\":{\"k\":\"v\"},\"a\":\(entry()),\"b\":\(entry("I8", "[3,1]", "[8,11]")),"
        + "\"c\":\(entry("F4", "[]", "[11,11]").replacing("[]", with: "[0]"))}").utf8)
    let spice = Array("{}[]\",:98-0e. \\_FIU".utf8) + [0, 0xC3, 0xFF]
    var random = SplitMix(seed: seed)
    var read = 0
    for _ in 0..<50_000 {
      var bytes = text
      random.mutate(&bytes, with: spice)
      let size = 8 + bytes.count + 11
      guard let header = try? SafetensorsHeader(bytes, file: "F", fileSize: size) else { continue }
      read += 1
      var end = 8 + bytes.count
      for tensor in header.tensors {
        #expect(tensor.bytes.lowerBound == end)
        #expect(tensor.bytes.count * 8 == tensor.count * tensor.type.bits)
        #expect(header.tensors[header.places[ExactText(tensor.name)] ?? 0] == tensor)
        end = tensor.bytes.upperBound
      }
      #expect(end == size)
    }
    #expect(read > 500)
  }

  @Test func `tells two spellings of one key apart`() throws {
    let text = Array("{\"__metadata__\":{\"\u{E9}\":\"1\",\"e\u{301}\":\"2\"}}".utf8)
    let header = try SafetensorsHeader(text, file: "F", fileSize: 8 + text.count)
    #expect(header.metadata.count == 2)
    #expect(header.metadata["\u{E9}"] == "1")
    #expect(header.metadata["e\u{301}"] == "2")
  }

  @Test func `of very many tensors is read in linear time`() {
    func time(_ count: Int) -> Duration {
      var text = Array("{\"first\":\(entry("U8", "[1]", "[0,1]"))".utf8)
      for index in 1..<count {
        text += ",\"t.\(index)\":\(entry("U8", "[1]", "[\(index),\(index + 1)]"))".utf8
      }
      text.append(UInt8(ascii: "}"))
      return ThreadTime.measure {
        let header = try? SafetensorsHeader(text, file: "F", fileSize: 8 + text.count + count)
        #expect(header?.tensors.count == count)
      }
    }
    // 15 times as many take 225 times as long if each looks at all before it.
    let few = time(20_000)
    let many = time(300_000)
    #expect(many < few * 60)
  }
}
