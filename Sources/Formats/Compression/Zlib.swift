/// Data in the format of zlib: a header of two bytes, DEFLATE, Adler-32; RFC 1950.
package enum Zlib {
  /// Undoes the compression of bytes that have to become exactly `size` bytes.
  ///
  /// No more than that and a piece of 64 KiB are ever made. Throws an ``InflateError`` for everything that is wrong.
  package static func unpack(_ bytes: [UInt8], size: Int) throws(InflateError) -> [UInt8] {
    try unpacking {
      var input = BitReader(once: bytes)
      let (method, flags) = (try input.take(8), try input.take(8))
      guard method & 15 == 8, method >> 4 <= 7, (method << 8 | flags) % 31 == 0 else {
        throw InflateError(
          offset: 0, expected: "the header of zlib data",
          found: NumberText.hexadecimal(UInt64(method << 8 | flags), digits: 4))
      }
      guard flags & 32 == 0 else {
        throw InflateError(
          offset: 1, expected: "data without a dictionary of their own",
          found: "the flag of a dictionary")
      }
      var inflater = Inflater(input)
      var result: [UInt8] = []
      var checksum = Adler32()
      try inflater.collect(size) { piece in
        checksum.add(piece[...])
        result += piece
      }
      inflater.input.align()
      let at = inflater.input.offset
      var stated: UInt32 = 0
      for _ in 0..<4 { stated = stated << 8 | UInt32(try inflater.input.take(8)) }
      guard stated == checksum.value else {
        throw InflateError.checksum(stated, checksum.value, at: at)
      }
      return result
    }
  }
}

/// Data in the bare format of DEFLATE, as zip archives hold it; RFC 1951.
enum Deflate {
  /// Undoes the compression of bytes that have to become exactly `size` bytes.
  ///
  /// No more than that and a piece of 64 KiB are ever made. Throws an ``InflateError`` for everything that is wrong.
  static func unpack(_ bytes: [UInt8], size: Int) throws(InflateError) -> [UInt8] {
    try unpacking {
      var inflater = Inflater(BitReader(once: bytes))
      var result: [UInt8] = []
      try inflater.collect(size) { result += $0 }
      return result
    }
  }
}

/// Runs what can throw nothing but an ``InflateError``, since its input is in memory.
private func unpacking(_ body: () throws -> [UInt8]) throws(InflateError) -> [UInt8] {
  do { return try body() } catch let error as InflateError { throw error } catch {
    preconditionFailure("\(error)")
  }
}

extension BitReader {
  /// A reader of bytes that are in memory.
  fileprivate init(once bytes: [UInt8]) {
    var rest = bytes
    self.init {
      defer { rest = [] }
      return rest
    }
  }
}

extension Inflater {
  /// Passes all pieces on, which have to be `size` bytes together.
  fileprivate mutating func collect(_ size: Int, _ body: ([UInt8]) -> Void) throws {
    while true {
      let piece = try next()
      guard produced <= size else {
        throw InflateError(
          offset: input.offset, expected: "\(NumberText.grouped(size)) bytes of unpacked data",
          found: "more")
      }
      if piece.isEmpty { break }
      body(piece)
    }
    guard produced == size else {
      throw InflateError(
        offset: input.offset, expected: "\(NumberText.grouped(size)) bytes of unpacked data",
        found: NumberText.grouped(produced))
    }
  }
}

extension InflateError {
  /// The unpacked data are not those whose checksum was written.
  static func checksum(_ stated: UInt32, _ found: UInt32, at offset: Int) -> InflateError {
    InflateError(
      offset: offset,
      expected: "data with the checksum \(NumberText.hexadecimal(UInt64(stated), digits: 8))",
      found: "data with \(NumberText.hexadecimal(UInt64(found), digits: 8))")
  }
}

extension Zlib {
  /// Bytes in the format of zlib, without compression: stored blocks of at most 65,535 bytes.
  package static func store(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x78, 0x01]
    var at = 0
    repeat {
      let length = min(bytes.count - at, 0xFFFF)
      let isLast = at + length == bytes.count
      result.append(isLast ? 1 : 0)
      for value in [length, ~length] {
        result += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
      }
      result += bytes[at..<(at + length)]
      at += length
    } while at < bytes.count
    var checksum = Adler32()
    checksum.add(bytes[...])
    return result + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: checksum.value >> $0) }
  }
}
