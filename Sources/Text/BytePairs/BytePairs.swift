/// The pieces of a byte-pair encoding, and the merges that build them.
///
/// Pieces are numbered: 256 bytes, then the alphabet (single scalars; the space is one), then one piece per
/// merge in the order learnt, so that a piece's number is also its rank. A scalar outside the alphabet is
/// spelt in its UTF-8 bytes, which never merge: nothing is unknown. U+2581 (▁) is never in the alphabet,
/// because it is how the space is written in a vocabulary.
///
/// Gage 1994, "A New Algorithm for Data Compression"; Sennrich, Haddow and Birch 2016,
/// "Neural Machine Translation of Rare Words with Subword Units" (https://aclanthology.org/P16-1162);
/// spaces as symbols and byte fallback as in Kudo and Richardson 2018 (https://aclanthology.org/D18-2012).
struct BytePairs: Sendable, Equatable {
  struct Merge: Sendable, Equatable {
    var left: Int32
    var right: Int32
  }

  /// The pieces below this number are bytes.
  static let byteCount: Int32 = 256

  let alphabet: [UInt32]
  let merges: [Merge]
  /// Each piece's text in UTF-8; of a byte, the byte itself, which may be no valid text.
  let texts: [[UInt8]]
  private let pieceOfScalar: [UInt32: Int32]
  private let pieceOfPair: [UInt64: Int32]

  /// The pieces that `alphabet` and `merges` make; every merge joins pieces made before it.
  init(alphabet: [UInt32], merges: [Merge]) {
    self.alphabet = alphabet
    self.merges = merges
    var texts: [[UInt8]] = (0...UInt8.max).map { [$0] }
    var pieceOfScalar: [UInt32: Int32] = [:]
    for scalar in alphabet {
      pieceOfScalar[scalar] = Int32(texts.count)
      texts.append(Array(String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8))
    }
    var pieceOfPair: [UInt64: Int32] = [:]
    pieceOfPair.reserveCapacity(merges.count)
    for merge in merges {
      precondition(
        Int(max(merge.left, merge.right)) < texts.count
          && min(merge.left, merge.right) >= Self.byteCount,
        "merge of \(merge.left) and \(merge.right) where \(texts.count) pieces are known")
      pieceOfPair[Self.key(merge.left, merge.right)] = Int32(texts.count)
      texts.append(texts[Int(merge.left)] + texts[Int(merge.right)])
    }
    self.texts = texts
    self.pieceOfScalar = pieceOfScalar
    self.pieceOfPair = pieceOfPair
  }

  /// The number of pieces, bytes included.
  var count: Int { texts.count }

  /// The piece that two neighbours merge into.
  @inline(__always)
  func merged(_ left: Int32, _ right: Int32) -> Int32? { pieceOfPair[Self.key(left, right)] }

  /// Appends a stretch of text scalar by scalar, before any merge.
  func appendScalars(of stretch: Span<UInt8>, to pieces: inout [Int32]) {
    var index = 0
    while index < stretch.count {
      let (scalar, length) = decodeScalar(stretch, at: index)
      if let piece = pieceOfScalar[scalar] {
        pieces.append(piece)
      } else {
        for byte in index..<(index + length) { pieces.append(Int32(stretch[byte])) }
      }
      index += length
    }
  }

  /// A piece as it stands in a vocabulary: ▁ for the space, `<0xE2>` for a byte.
  func token(_ piece: Int32) -> String {
    piece < Self.byteCount
      ? Self.byteToken(UInt8(piece))
      : String(decoding: Self.visible(texts[Int(piece)]), as: UTF8.self)
  }

  /// The token of a byte, as SentencePiece writes it.
  static func byteToken(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "<0x\(digits.count < 2 ? "0" : "")\(digits)>"
  }

  /// The byte that a token such as `<0xE2>` stands for.
  static func byte(of token: [UInt8]) -> UInt8? {
    guard token.count == 6, token.starts(with: "<0x".utf8), token[5] == UInt8(ascii: ">") else {
      return nil
    }
    let digits = token[3..<5]
    let isUppercase = digits.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }
    return isUppercase ? UInt8(String(decoding: digits, as: UTF8.self), radix: 16) : nil
  }

  /// The text of a token, or the byte that it stands for, which may be no valid text alone.
  static func text(of token: [UInt8]) -> [UInt8] {
    byte(of: token).map { [$0] } ?? invisible(token)
  }

  /// A piece's text with ▁ for the space.
  static func visible(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(0x20) else { return text }
    return text.flatMap { $0 == 0x20 ? WordMarks.space : [$0] }
  }

  /// A token's text with the space for ▁.
  static func invisible(_ token: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < token.count {
      let (scalar, length) = decodeScalar(token, at: index)
      if scalar == 0x2581 {
        result.append(0x20)
      } else {
        result.append(contentsOf: token[index..<(index + length)])
      }
      index += length
    }
    return result
  }

  static func == (left: BytePairs, right: BytePairs) -> Bool {
    left.alphabet == right.alphabet && left.merges == right.merges
  }

  @inline(__always)
  static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }
}
