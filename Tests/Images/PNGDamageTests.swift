import DragomanFormats
import DragomanTestSupport
import Testing

@testable import DragomanImages

/// Files that are wrong, made of right ones by their chunks.
@Suite struct `A broken PNG file` {
  private struct Chunk {
    var type: String
    var data: [UInt8]
  }

  private func chunks(_ bytes: [UInt8]) throws -> [Chunk] {
    var reader = PNGChunks(bytes, file: "F")
    var result: [Chunk] = []
    while result.last?.type != "IEND" {
      let chunk = try reader.next()
      result.append(Chunk(type: chunk.type, data: Array(chunk.data)))
    }
    return result
  }

  private func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private func file(_ chunks: [Chunk]) -> [UInt8] {
    chunks.reduce(PNGReader.signature) { file, chunk in
      let named = Array(chunk.type.utf8) + chunk.data
      return file + number(chunk.data.count) + named + number(Int(CRC32(of: named[...]).value))
    }
  }

  /// The message of a file whose chunks were changed.
  private func message(_ name: String, _ change: (inout [Chunk]) -> Void) throws -> String {
    var chunks = try chunks(goldenPNG(name))
    change(&chunks)
    return DragomanImagesTests.message(file(chunks))
  }

  @Test func `is refused for its header`() throws {
    for (at, byte, expected) in [
      (8, 3, "byte 24: expected 8, 16 bits a sample, found 3."),
      (9, 5, "byte 25: expected a colour type of 0, 2, 3, 4 or 6, found 5."),
      (10, 1, "byte 26: expected the compression method 0, found 1."),
      (11, 1, "byte 27: expected the filter method 0, found 1."),
      (12, 2, "byte 28: expected the interlace method 0 or 1, found 2."),
    ] as [(Int, UInt8, String)] {
      #expect(try message("2-8-rows") { $0[0].data[at] = byte } == "F: \(expected)\(damaged)")
    }
    let smaller =
      " Make it smaller, for example with 'magick large.png -resize 4096x4096 small.png'."
    #expect(
      try message("2-8-rows") {
        $0[0].data.replaceSubrange(0..<8, with: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
      }
        == "F: byte 16: expected at least one pixel and at most 268,435,456 numbers, found 4294967295 × 4294967295 "
        + "pixels, of up to 4 numbers each.\(smaller)"
    )
    #expect(
      try message("2-8-rows") { $0[0].data[3] = 0 }
        == "F: byte 16: expected at least one pixel and at most 268,435,456 numbers, found 0 × 9 pixels.\(damaged)"
    )
    #expect(
      try message("2-8-rows") { $0.remove(at: 0) }
        == "F: byte 8: expected the chunk IHDR of 13 bytes, found gAMA of 4.\(damaged)")
  }

  @Test func `is refused for its chunks`() throws {
    let rows = try goldenPNG("3-2-rows")
    var wrong = rows
    wrong[wrong.count - 1] ^= 1
    #expect(
      DragomanImagesTests.message(wrong)
        == "F: byte \(rows.count - 4): expected the checksum ae426082 of IEND, found ae426083.\(damaged)"
    )
    wrong = rows
    wrong[12] = 0
    #expect(
      DragomanImagesTests.message(wrong)
        == "F: byte 12: expected the name of a chunk, four letters, found other bytes.\(damaged)")
    wrong = rows
    wrong[8] = 0xFF
    #expect(
      DragomanImagesTests.message(wrong)
        == "F: byte \(rows.count): expected 4,278,190,093 bytes of IHDR, found the end of the file.\(damaged)"
    )
    #expect(
      try message("3-2-rows") { $0.removeAll { $0.type == "PLTE" } }.hasSuffix(
        "expected a chunk PLTE, since colours are numbers of it, found none.\(damaged)"))
    #expect(
      try message("3-2-rows") { $0.removeAll { $0.type == "IDAT" } }.hasSuffix(
        "expected a chunk IDAT, found none.\(damaged)"))
    #expect(
      try message("3-2-rows") { $0[2].data.removeLast() }.hasSuffix(
        "expected 1 to 4 colours of 3 bytes, found 11 bytes.\(damaged)"))
    #expect(
      try message("3-2-rows") { $0[2].data += [0, 0, 0] }.hasSuffix(
        "expected 1 to 4 colours of 3 bytes, found 15 bytes.\(damaged)"))
    #expect(
      try message("3-2-rows") { $0.insert($0[2], at: 3) }.hasSuffix(
        "expected one chunk PLTE before tRNS and IDAT, found another or a later one.\(damaged)"))
    #expect(
      try message("0-8-rows") { $0.insert(Chunk(type: "PLTE", data: [1, 2, 3]), at: 1) }.hasSuffix(
        "expected no palette in a grey image, found PLTE.\(damaged)"))
    #expect(
      try message("4-8-rows") { $0.insert(Chunk(type: "tRNS", data: [1, 2]), at: 1) }.hasSuffix(
        "expected no chunk tRNS beside an alpha channel, found one.\(damaged)"))
    #expect(
      try message("2-8-rows") { $0.insert(Chunk(type: "tRNS", data: [1, 2]), at: 1) }.hasSuffix(
        "expected 6 bytes in tRNS, found 2.\(damaged)"))
    #expect(
      try message("3-2-rows-t") { $0[3].data += [1, 2] }.hasSuffix(
        "expected at most 4 bytes in tRNS, found 5.\(damaged)"))
    #expect(
      try message("parts") { $0.insert(Chunk(type: "tEXt", data: []), at: 5) }.hasSuffix(
        "expected all chunks IDAT in a row, found tEXt among them.\(damaged)"))
    #expect(
      try message("2-8-rows") { $0.insert(Chunk(type: "CgBI", data: []), at: 1) }.hasSuffix(
        "expected a chunk of the PNG specification, found 'CgBI'. Convert it with 'magick it.png it-again.png'."
      ))
    #expect(
      try message("3-2-rows") { $0[2].data.removeLast(3) }.hasSuffix(
        "expected one of the palette's 3 colours in row 0, found number 3.\(damaged)"))
  }

  @Test func `is refused for its data`() throws {
    func changed(_ change: (inout [UInt8]) -> Void) throws -> String {
      try message("0-8-rows") { chunks in
        for index in chunks.indices where chunks[index].type == "IDAT" {
          change(&chunks[index].data)
        }
      }
    }
    let size = 9 * (13 + 1)
    #expect(
      try changed { $0 = Zlib.store([UInt8](repeating: 0, count: size - 1)) }.contains(
        "expected 126 bytes of unpacked data, found 125.\(damaged)"))
    #expect(
      try changed { $0 = Zlib.store([UInt8](repeating: 0, count: size + 1)) }.contains(
        "expected 126 bytes of unpacked data, found more.\(damaged)"))
    #expect(
      try changed { $0 = Zlib.store([UInt8](repeating: 5, count: size)) }.contains(
        "expected a filter of 0 to 4 before row 0, found 5.\(damaged)"))
    #expect(try changed { $0[$0.count - 1] ^= 1 }.contains("expected data with the checksum "))
    #expect(
      try changed { $0[0] = 0 }.hasPrefix("F: byte 57: expected the header of zlib data, found 00"))
  }

  @Test func `of which little promises much is refused before it takes memory`() throws {
    // Some bytes for 16,000 × 16,000 pixels.
    let found = try message("0-8-rows") {
      $0[0].data.replaceSubrange(0..<8, with: [0, 0, 0x1F, 0xFF, 0, 0, 0x1F, 0xFF])
    }
    #expect(found.contains("expected 67,100,672 bytes of unpacked data, found 126."))
  }

  @Test func `is refused at every byte it is cut to`() throws {
    for name in ["3-4-adam7-t", "6-16-rows", "parts"] {
      let bytes = try goldenPNG(name)
      for length in 0..<bytes.count {
        let found = DragomanImagesTests.message(Array(bytes.prefix(length)))
        #expect(found.hasPrefix("F: byte ") && found.hasSuffix("."), "\(length): \(found)")
      }
    }
  }

  /// With checksums put right again, so that damage gets past them.
  @Test func `never traps`() throws {
    var random = SplitMix(seed: 7)
    let files = try goldenPNGs().sorted { $0.key < $1.key }.map(\.value)
    for _ in 0..<3000 {
      var bytes = files[random.below(files.count)]
      if random.below(2) == 0 {
        var parts = try chunks(bytes)
        // Twice of three, the size is kept: large ones take time.
        let part = random.below(parts.count - 1) + (random.below(3) == 0 ? 0 : 1)
        random.mutate(&parts[part].data)
        if parts[0].data.count == 13 {
          parts[0].data.replaceSubrange(0..<2, with: [0, 0])
          parts[0].data.replaceSubrange(4..<6, with: [0, 0])
        }
        bytes = file(parts)
      } else {
        random.mutate(&bytes)
      }
      _ = try? Image(bytes: bytes, file: "F")
    }
  }
}
