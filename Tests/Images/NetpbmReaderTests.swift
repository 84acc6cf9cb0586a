import DragomanTestSupport
import Testing

@testable import DragomanImages

@Suite struct `A portable map` {
  private func image(_ text: String, _ bytes: [UInt8] = []) throws -> Image {
    try Image(bytes: Array(text.utf8) + bytes, file: "F")
  }

  private func shares(_ values: [Int], of largest: Int) -> [Float] {
    values.map { Float($0) / Float(largest) }
  }

  @Test func `of text is read`() throws {
    let bits = try image("P1\n# a comment\n3 2\n1 0 1\n010")
    #expect(bits == Image(height: 2, width: 3, channels: 1, samples: [0, 1, 0, 1, 0, 1]))
    let grey = try image("P2 2#x\n2\t# y\n15\r\n0 3\n15 7\n# the end\n")
    #expect(grey.samples == shares([0, 3, 15, 7], of: 15))
    let colours = try image("P3\n1 2 1000\n0 500 1000 1 2 3")
    #expect(colours.channels == 3 && colours.height == 2)
    #expect(try image("P2 2 1 255 0000000255 00").samples == [1, 0])
    #expect(colours.samples == shares([0, 500, 1000, 1, 2, 3], of: 1000))
  }

  @Test func `of bytes is read`() throws {
    let bits = try image("P4\n# c\n10 2\n", [0b10110000, 0b01_000000, 0, 0b11_111111])
    #expect(
      bits.samples == [0, 1, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0] as [Float])
    #expect(try image("P5 3 1 255 ", [0, 10, 255]).samples == shares([0, 10, 255], of: 255))
    // What begins a comment in text is a sample here.
    #expect(try image("P5 2 1 255\n", [35, 10]).samples == shares([35, 10], of: 255))
    #expect(
      try image("P5 2 1 65535\n", [1, 2, 255, 255]).samples == shares([258, 65535], of: 65535))
    #expect(try image("P6 1 1 7\n", [1, 2, 7, 10]).samples == shares([1, 2, 7], of: 7))
  }

  @Test func `of any depth is read`() throws {
    let header = "P7\nWIDTH 2\n# c\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"
    let image = try image(header, [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(image.channels == 4 && image.samples == shares(Array(1...8), of: 255))
    // In PAM, 1 is white.
    let bits = try self.image(
      "P7\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE\nDEPTH 1\nHEIGHT 1\nWIDTH 2\nENDHDR\n", [0, 1])
    #expect(bits.samples == [0, 1])
  }

  @Test(arguments: [
    ("P2 ", "byte 3: expected a width, a number, found the end of the file."),
    ("P2 x", "byte 3: expected a width, a number, found 'x'."),
    (
      "P2 99999999999 2 3 1",
      "byte 3: expected a width, from 0 to 1,073,741,824, found 99999999999."
    ),
    ("P5 2 2 0 ", "byte 7: expected the largest value of a sample, from 1 to 65,535, found 0."),
    (
      "P5 2 2 70000 ",
      "byte 7: expected the largest value of a sample, from 1 to 65,535, found 70000."
    ),
    ("P5 2 2 255", "byte 10: expected white space after the header, found the end of the file."),
    ("P5 2 2 255 abc", "byte 14: expected 4 bytes of samples, found 3."),
    ("P5 1 1 10 z", "byte 10: expected a sample of at most 10, found 122."),
    ("P2 2 1 10 3 11", "byte 12: expected a sample, from 0 to 10, found 11."),
    ("P2 2 1 10 3 x", "byte 12: expected a sample, a number, found 'x'."),
    ("P2 2000 1000 10 3 1", "byte 19: expected 3,999,999 bytes of samples, found 4."),
    ("P1 2 1 1 2", "byte 9: expected a sample, from 0 to 1, found 2."),
    (
      "P7 WIDTH 1 ENDHDR\n",
      "byte 10: expected a line DEPTH and one HEIGHT and one MAXVAL, found the end of the header."
    ),
    (
      "P7 WIDE 1",
      "byte 2: expected WIDTH, HEIGHT, DEPTH, MAXVAL, TUPLTYPE or ENDHDR, found 'WIDE'."
    ),
    ("P7 DEPTH 5 ", "byte 9: expected a depth, from 1 to 4, found 5."),
    ("P7 WIDTH 1", "byte 10: expected a word of the header, found the end of the file."),
  ]) func `is refused for`(_ text: String, _ expected: String) {
    #expect(message(Array(text.utf8)) == "F: \(expected)\(damaged)")
  }

  @Test func `is refused if it is too large or another follows`() {
    #expect(
      message(Array("P5 1000000000 1000000000 255 ".utf8)).hasPrefix(
        "F: byte 2: expected at least one pixel and at most 268,435,456 numbers, found 1000000000 × 1000000000 pixels, "
          + "of up to 1 number each."
      ))
    #expect(message(Array("P5 0 1 255 ".utf8)).contains("found 0 × 1 pixels."))
    let several = " A file may hold one image; 'pamsplit' makes files of several."
    #expect(
      message(Array("P5 1 1 255 aP5 1 1 255 b".utf8))
        == "F: byte 12: expected the end of the image, found 12 more bytes.\(several)")
    #expect(
      message(Array("P2 1 1 255 7 P2".utf8))
        == "F: byte 13: expected the end of the image, found more.\(several)")
  }

  @Test func `never traps`() throws {
    var random = SplitMix(seed: 8)
    let files = [
      "P1\n3 2\n1 0 1\n010", "P2 2#x\n2\t# y\n15\r\n0 3\n15 7", "P3\n1 2 1000\n0 500 1000 1 2 3",
      "P4 9 2 abcd", "P5 3 1 255 abc", "P6 1 1 7 \u{1}\u{2}\u{3}",
      "P7\nWIDTH 2\nHEIGHT 1\nDEPTH 2\nMAXVAL 255\nTUPLTYPE x\nENDHDR\nabcd",
    ].map { Array($0.utf8) }
    for file in files {
      #expect(message(file) == "no error")
      for length in 0..<file.count { _ = message(Array(file.prefix(length))) }
    }
    for _ in 0..<20_000 {
      var bytes = files[random.below(files.count)]
      random.mutate(&bytes)
      _ = try? Image(bytes: bytes, file: "F")
    }
  }
}
