import DragomanSystem
import DragomanTestSupport
import Testing

@testable import DragomanFormats

/// Fixtures: `Golden/Compression/make_compression.py`.
@Suite struct `DEFLATE is undone` {
  @Test(arguments: [
    "text.fixed", "text.huffman", "text.runs", "text.fast", "text.best", "text.blocks",
  ])
  func `whatever its blocks are`(_ name: String) throws {
    let text = try compressed("text.txt")
    #expect(try Zlib.unpack(compressed("\(name).zlib"), size: text.count) == text)
  }

  @Test func `where blocks are stored, or hold nothing`() throws {
    let text = try compressed("text.txt")
    #expect(
      try Zlib.unpack(compressed("text.stored.zlib"), size: 5000) == Array(text.prefix(5000)))
    #expect(try Zlib.unpack(compressed("empty.best.zlib"), size: 0) == [])
  }

  @Test func `over many pieces, from far back, by codes of 15 bits`() throws {
    let zeros = [UInt8](repeating: 0, count: 300_000)
    #expect(try Zlib.unpack(compressed("zeros.best.zlib"), size: 300_000) == zeros)
    let far = try Zlib.unpack(compressed("far.best.zlib"), size: 33_200)
    #expect(far.prefix(700) == far.suffix(700))
    var (skew, a, b) = ([UInt8](), 1, 1)
    for byte in 0..<19 {
      skew += repeatElement(UInt8(byte), count: a)
      (a, b) = (b, a + b)
    }
    #expect(try Zlib.unpack(compressed("skew.huffman.zlib"), size: skew.count) == skew)
  }

  @Test(arguments: [1, 2, 7, 8, 9, 100]) func `however its bytes come`(_ size: Int) throws {
    for name in ["text.stored", "text.blocks", "text.fixed"] {
      let packed = try compressed("\(name).zlib").dropFirst(2)
      var at = packed.startIndex
      var inflater = Inflater(
        BitReader {
          defer { at = min(at + size, packed.endIndex) }
          return Array(packed[at..<min(at + size, packed.endIndex)])
        })
      var result: [UInt8] = []
      while true {
        let piece = try inflater.next()
        if piece.isEmpty { break }
        result += piece
      }
      #expect(result == Array(try compressed("text.txt").prefix(result.count)))
      #expect(result.count == (name == "text.stored" ? 5000 : try compressed("text.txt").count))
      inflater.input.align()
      #expect(inflater.input.offset == packed.count - 4)
    }
  }

  /// Words of the errors: every way in which a stream can be wrong.
  @Test func `or refused with what is wrong`() throws {
    func message(_ bits: Bits, size: Int = 10) -> String {
      do {
        let bytes = try Deflate.unpack(bits.bytes, size: size)
        return "\(bytes.count) bytes"
      } catch { return error.line }
    }
    let damaged = "It was cut short or damaged; copy or download it again."
    #expect(
      message(Bits())
        == "F: byte 0: expected more compressed data, found the end of the file. \(damaged)")
    #expect(
      message(Bits((1, 1), (3, 2), (0, 13)))
        == "F: byte 0: expected a block that is stored or coded, found the reserved kind 3. \(damaged)"
    )
    #expect(
      message(Bits((1, 1), (0, 2), (0, 5), (5, 16), (7, 16)))
        == "F: byte 1: expected the length of a stored block and its complement, found 5 and 7. \(damaged)"
    )
    #expect(
      message(Bits((1, 1), (0, 2), (0, 5), (5, 16), (0xFFFA, 16), (1, 8)))
        == "F: byte 6: expected more compressed data, found the end of the file. \(damaged)")
    // A literal, then a copy of length 3 from 2 bytes back.
    var copy = Bits((1, 1), (1, 2))
    copy.add(code: 0x30 + 65, 8)
    copy.add(code: 1, 7)
    copy.add(code: 1, 5)
    copy.add(code: 0, 7)
    #expect(
      message(copy)
        == "F: byte 2: expected a copy of what came before, found one from 2 bytes back, beyond the first. \(damaged)"
    )
    // The length symbol 286, and the distance symbol 30, which do not occur.
    var unused = Bits((1, 1), (1, 2))
    unused.add(code: 0xC6, 8)
    unused.add(0, 30)
    #expect(
      message(unused)
        == "F: byte 1: expected a code of the block, found bits that begin none. \(damaged)")
    var distance = Bits((1, 1), (1, 2))
    distance.add(code: 0x30 + 65, 8)
    distance.add(code: 1, 7)
    distance.add(code: 30, 5)
    distance.add(0, 30)
    #expect(message(distance).contains("expected a code of the block, found bits that begin none."))
    // A good stream of three bytes where two or four were promised.
    let three = Bits((1, 1), (0, 2), (0, 5), (3, 16), (0xFFFC, 16), (1, 24))
    #expect(message(three, size: 3) == "3 bytes")
    #expect(
      message(three, size: 2)
        == "F: byte 8: expected 2 bytes of unpacked data, found more. \(damaged)")
    #expect(
      message(three, size: 4) == "F: byte 8: expected 4 bytes of unpacked data, found 3. \(damaged)"
    )
  }

  @Test func `or refused for codes that are none`() throws {
    /// A block with these counts and lengths of the code of lengths, in the order in which they stand.
    func message(_ literals: Int, _ distances: Int, _ lengths: [Int], _ rest: [(Int, Int)] = [])
      -> String
    {
      var bits = Bits(
        (1, 1), (2, 2), (literals - 257, 5), (distances - 1, 5), (lengths.count - 4, 4))
      for length in lengths { bits.add(length, 3) }
      for (code, width) in rest { bits.add(code: code, width) }
      bits.add(0, 64)
      do {
        _ = try Deflate.unpack(bits.bytes, size: 10)
        return "none"
      } catch { return error.line }
    }
    #expect(
      message(288, 1, [0, 0, 0, 0]).hasPrefix(
        "F: byte 0: expected at most 286 literals and lengths and 30 distances, found 288 and 1."))
    #expect(
      message(257, 1, [1, 1, 1, 0]).contains(
        "expected a code of code lengths, found lengths of more codes than there can be."))
    #expect(
      message(257, 1, [1, 0, 0, 0]).contains(
        "expected a code of code lengths, found lengths that leave codes without a meaning."))
    // Codes 0 for the symbol 0 and 1 for the symbol 16, of which nothing can be repeated.
    #expect(
      message(257, 1, [1, 0, 0, 1], [(1, 1)]).contains(
        "expected a code length to be repeated, found none before it."))
    // All lengths are zero: symbols 18 with 138 zeros, more than fit.
    #expect(
      message(257, 1, [0, 0, 1, 1], [(1, 1), (127, 7), (1, 1), (127, 7)]).contains(
        "expected 258 code lengths, found 276."))
    #expect(
      message(257, 1, [0, 0, 1, 1], [(1, 1), (127, 7), (1, 1), (0b1011_011, 7)]).contains(
        "expected a code for the end of the block, found none."))
  }

  @Test func `or refused at every length it is cut to`() throws {
    let text = try compressed("text.txt")
    for name in ["text.best", "text.fixed", "empty.best"] {
      let packed = try compressed("\(name).zlib")
      for length in stride(from: 0, to: packed.count, by: packed.count > 4000 ? 13 : 1) {
        let error = #expect(throws: InflateError.self) {
          try Zlib.unpack(Array(packed.prefix(length)), size: name == "empty.best" ? 0 : text.count)
        }
        #expect(error?.expected == "more compressed data", "\(name), \(length)")
        #expect(error?.offset == length)
      }
    }
  }

  @Test func `or refused where a bit is wrong`() throws {
    let text = Array(try compressed("text.txt").prefix(5000))
    var random = SplitMix(seed: 3)
    for (name, size) in [
      ("text.best", try compressed("text.txt").count), ("text.stored", text.count),
      ("zeros.best", 300_000),
    ] {
      let packed = try compressed("\(name).zlib")
      for _ in 0..<300 {
        var damaged = packed
        damaged[random.below(packed.count)] ^= 1 << UInt8(random.below(8))
        guard let result = try? Zlib.unpack(damaged, size: size) else { continue }
        // The padding before a stored block and the level in the header say nothing.
        #expect(result == (try Zlib.unpack(packed, size: size)))
      }
    }
  }

  @Test func `without ever trapping, whatever the bytes`() throws {
    var random = SplitMix(seed: 4)
    let starts = [try compressed("text.best.zlib"), try compressed("text.blocks.zlib")]
    for round in 0..<3000 {
      var bytes =
        round % 3 == 0
        ? (0..<random.below(200)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        : Array(starts[round % 2].dropFirst(2).prefix(random.below(2000)))
      random.mutate(&bytes, with: [0, 1, 0xFF, 0xED, 0x05])
      _ = try? Deflate.unpack(bytes, size: 100_000)
    }
  }

  @Test func `with the frame of zlib, or refused`() throws {
    func message(_ bytes: [UInt8]) -> String {
      do {
        _ = try Zlib.unpack(bytes, size: 0)
        return "none"
      } catch { return error.line }
    }
    let empty = try compressed("empty.best.zlib")
    #expect(message(empty) == "none")
    #expect(
      message([0x78, 0x02] + empty.dropFirst(2)).hasPrefix(
        "F: byte 0: expected the header of zlib data, found 7802."))
    #expect(
      message([0x78, 0xF9] + empty.dropFirst(2)).hasPrefix(
        "F: byte 1: expected data without a dictionary of their own, found the flag of a dictionary."
      ))
    #expect(
      message(empty.dropLast() + [2]).hasPrefix(
        "F: byte 4: expected data with the checksum 00000002, found data with 00000001."))
  }
}
