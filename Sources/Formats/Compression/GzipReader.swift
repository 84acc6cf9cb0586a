import DragomanSystem

/// What a gzip file holds, piece by piece; RFC 1952.
///
/// Several members one after the other are one text, as `cat a.gz b.gz` and parallel compressors write them. The
/// CRC-32 and the length of each member are checked, zeros after the last one are passed over. Memory is that of two
/// pieces; what comes out is bounded by what goes in, so that a file of a megabyte cannot fill the disk or the memory.
package struct GzipReader {
  /// How a gzip file begins, and no text in UTF-8.
  package static let magic: [UInt8] = [0x1F, 0x8B]
  /// Unpacked bytes that each packed one may become, beyond ``allowance``: twenty times what text does; DEFLATE reaches
  /// 1,032.
  static let largestRatio = 100
  /// Unpacked bytes that are always allowed.
  static let allowance = 1 << 26

  private let path: String
  private var inflater: Inflater
  private var isInMember = false
  private var checksum = CRC32()
  private var memberStart = 0
  /// How many bytes came out of all members.
  private var total = 0
  /// What is wrong stays wrong.
  private var hasEnded = false

  /// A reader of the bytes that `more` gives, piece by piece up to an empty one; `path` is for messages.
  package init(path: String, _ more: @escaping () throws -> [UInt8]) {
    self.path = path
    inflater = Inflater(BitReader(more))
  }

  /// The next bytes; none at the end.
  ///
  /// Throws a ``FormatError``, and what reading throws.
  package mutating func next() throws -> [UInt8] {
    do { return try nextPiece() } catch let error as InflateError {
      hasEnded = true
      throw error.inFile(path)
    }
  }

  /// All bytes of a file, which is unpacked if it is a gzip file.
  package static func readFile(_ path: String) throws -> [UInt8] {
    let packed = try Files.read(path)
    guard packed.starts(with: magic) else { return packed }
    var rest = packed
    var reader = GzipReader(path: path) {
      defer { rest = [] }
      return rest
    }
    var result: [UInt8] = []
    while true {
      let piece = try reader.next()
      if piece.isEmpty { return result }
      result += piece
    }
  }

  private mutating func nextPiece() throws -> [UInt8] {
    while !hasEnded {
      if !isInMember {
        guard try findMember() else { break }
        try readHeader()
        isInMember = true
      }
      let piece = try inflater.next()
      guard piece.isEmpty else {
        checksum.add(piece[...])
        total += piece.count
        guard total <= Self.allowance + Self.largestRatio * inflater.input.offset else {
          throw InflateError(
            offset: inflater.input.offset,
            expected: "data that become at most \(Self.largestRatio) times as many",
            found: "more than that",
            remedy: "If it is meant to be so repetitive, unpack it with 'gunzip -k'.")
        }
        return piece
      }
      try readTrailer()
      isInMember = false
    }
    hasEnded = true
    return []
  }

  /// Passes over zeros after a member; whether another one follows.
  private mutating func findMember() throws -> Bool {
    guard total > 0 || memberStart > 0 else { return true }
    while try inflater.input.hasMore() {
      memberStart = inflater.input.offset
      let byte = try inflater.input.take(8)
      if byte == 0 { continue }
      try expect(byte == 0x1F, "another gzip file, zeros or the end", byte)
      let next = try inflater.input.take(8)
      try expect(next == 0x8B, "another gzip file, zeros or the end", next)
      return true
    }
    return false
  }

  private func expect(_ isRight: Bool, _ expected: String, _ found: Int) throws {
    guard !isRight else { return }
    throw InflateError(
      offset: memberStart, expected: expected,
      found: "the byte 0x\(NumberText.hexadecimal(UInt64(found), digits: 2))")
  }

  /// Reads a header; of a later member, ``findMember()`` has read the first two bytes.
  private mutating func readHeader() throws {
    if memberStart == 0 {
      for byte in Self.magic {
        let found = try inflater.input.take(8)
        try expect(found == Int(byte), "a gzip file", found)
      }
    }
    let method = try inflater.input.take(8)
    try expect(method == 8, "the method 8, DEFLATE", method)
    let flags = try inflater.input.take(8)
    try expect(flags & 0xE0 == 0, "flags that gzip knows", flags)
    // The time, two hints on how it was made.
    for _ in 0..<6 { _ = try inflater.input.take(8) }
    if flags & 4 != 0 {
      for _ in 0..<(try inflater.input.take(16)) { _ = try inflater.input.take(8) }
    }
    // A name, a comment, and the checksum of the header.
    for flag in [8, 16] where flags & flag != 0 { while try inflater.input.take(8) != 0 {} }
    if flags & 2 != 0 { _ = try inflater.input.take(16) }
    checksum = CRC32()
    inflater.restart()
  }

  /// Compares a member with the checksum and the length after it.
  private mutating func readTrailer() throws {
    inflater.input.align()
    let at = inflater.input.offset
    let stated = UInt32(try inflater.input.take(32))
    guard stated == checksum.value else {
      throw InflateError.checksum(stated, checksum.value, at: at)
    }
    let length = UInt32(try inflater.input.take(32))
    guard length == UInt32(truncatingIfNeeded: inflater.produced) else {
      throw InflateError(
        offset: at + 4, expected: "the length \(inflater.produced) of what was unpacked",
        found: "\(length)")
    }
    memberStart = inflater.input.offset
  }
}
