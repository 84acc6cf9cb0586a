import DragomanTestSupport
import Testing

@testable import DragomanFormats

@Suite struct `The JSON writer` {
  @Test(
    arguments: [
      (0.1, "0.1"), (3.0, "3"), (0.0, "0"), (-0.0, "-0.0"), (-0.000123, "-0.000123"),
      (1e15, "1000000000000000"),
      (1e300, "1e+300"), (.leastNonzeroMagnitude, "5e-324"), (1 / 3.0, "0.3333333333333333"),
    ] as [(Double, String)])
  func `writes numbers in the fewest digits that give them back`(
    _ value: Double, _ expected: String
  )
    throws
  {
    let text = JSON.double(value).serialized()
    #expect(text == expected)
    #expect(try JSON.parse(Array(text.utf8), file: "f").double?.bitPattern == value.bitPattern)
  }

  @Test func `gives every double back`() throws {
    var random = SplitMix(seed: 5)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let json = try JSON.parse(Array(JSON.double(value).serialized().utf8), file: "f")
      #expect(json.double?.bitPattern == value.bitPattern)
    }
  }

  @Test func `escapes what has to be and no more`() {
    #expect(JSON.int(.min).serialized() == "-9223372036854775808")
    #expect(
      JSON.string("\u{0}\u{1F}\u{7F}\"\\/\t\r\n é\u{2028}😀").serialized()
        == "\"\\u0000\\u001f\\u007f\\\"\\\\/\\t\\r\\n é\u{2028}😀\"")
  }

  private let value = JSON.object([
    ("b", .array([.int(1), .string("x")])), ("é", .array([])), ("a", .object([JSON.Member]())),
    ("c", .array([.object([("z", .null), ("y", .bool(true))]), .array([.int(2)])])),
  ])

  @Test func `writes one line, or one per member`() {
    #expect(
      value.serialized() == #"{"b":[1,"x"],"é":[],"a":{},"c":[{"z":null,"y":true},[2]]}"#)
    #expect(
      value.serialized(pretty: true) == """
        {
          "b": [1, "x"],
          "é": [],
          "a": {},
          "c": [
            {
              "z": null,
              "y": true
            },
            [2]
          ]
        }
        """)
  }

  @Test func `is read as the same, whatever the value`() throws {
    var random = SplitMix(seed: 6)
    for _ in 0..<500 {
      let value = Self.value(&random, depth: 0)
      for pretty in [false, true] {
        let text = value.serialized(pretty: pretty)
        let read = try JSON.parse(Array(text.utf8), file: "f")
        #expect(read.serialized(pretty: pretty) == text)
      }
    }
  }

  private static func value(_ random: inout SplitMix, depth: Int) -> JSON {
    switch random.below(depth < 4 ? 7 : 5) {
    case 0: return .null
    case 1: return .bool(random.below(2) == 0)
    case 2: return .int(Int(bitPattern: UInt(random.next())))
    case 3: return .double(Double(random.below(1_000_000)) / 997)
    case 4: return .string(text(&random))
    case 5: return .array((0..<random.below(5)).map { _ in value(&random, depth: depth + 1) })
    default:
      return .object(
        (0..<random.below(12)).map { ("\($0)" + text(&random), value(&random, depth: depth + 1)) })
    }
  }

  private static func text(_ random: inout SplitMix) -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "\"", "\\", "\n", "\u{0}", "\u{7F}", "é", "\u{301}", "日", "😀",
    ]
    return (0..<random.below(8)).reduce(into: "") { text, _ in
      text.unicodeScalars.append(scalars[random.below(scalars.count)])
    }
  }
}
