import Testing

@testable import DragomanFormats

@Suite struct `Numbers for readers` {
  private static let traces: [(value: Double, text: String)] = [
    (100.00000000000004, "100"), (0.30000000000000004, "0.3"),
    (66.66666666666667, "66.6666666667"), (-66.66666666666667, "-66.6666666667"),
    (6.666666666666667e-08, "6.66666666667e-08"), (123456789.12345679, "123456789.123"),
  ]

  @Test(arguments: traces) func `lose the traces of binary arithmetic`(
    _ value: Double, _ text: String
  ) {
    #expect(JSON.double(value).rounded.serialized() == text)
  }

  @Test(arguments: [0.1, 0.123456789012345, 1e-300, 0, -0.0, 3.5])
  func `stay as they are where they have few digits`(_ value: Double) {
    #expect(JSON.double(value).rounded.serialized() == JSON.double(value).serialized())
  }

  @Test func `of single precision, texts and places stay`() throws {
    let value: JSON = [
      "a": [.float(0.1), .float(1 / 3), "0.30000000000000004"], "b": [.null, true, 7],
    ]
    #expect(value.rounded.serialized() == value.serialized())
    let read = try JSON.parse(Array("{\n\"a\": 0.30000000000000004}".utf8), file: "f")
    #expect(read.rounded["a"]?.position.line == 2 && read.rounded["a"]?.double == 0.3)
  }
}
