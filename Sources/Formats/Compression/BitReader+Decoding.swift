extension BitReader {
  /// Why decoding has stopped.
  enum Stop {
    /// The room is used up.
    case full
    /// Another piece of input is needed.
    case starved
    /// The code for the end of the block came.
    case endOfBlock
    /// The input has ended within a code.
    case ended
    /// The bits begin no code.
    case noCode
    /// A copy reaches back beyond the first byte.
    case tooFar(distance: Int)
  }

  /// Decodes literals and copies of a block into `output` from `used` on; stops at `limit`, beyond which the last copy
  /// may reach by less than ``Inflater/longestCopy``.
  ///
  /// One code of a length, its extra bits, one of a distance and its extra bits are 15 + 5 + 15 + 13 = 48 bits, so the
  /// word is filled once for all of them. At the end of the input it is filled with zeros, and what a code takes is
  /// compared with what there was.
  mutating func decode(
    into output: inout MutableSpan<UInt8>, _ used: inout Int, until limit: Int,
    _ literals: PrefixCode, _ distances: PrefixCode
  ) -> Stop {
    let bytes = bytes
    let input = bytes.span
    let literalTable = literals.table.span
    let distanceTable = distances.table.span
    let mask: UInt64 = 1 << UInt64(PrefixCode.width) - 1
    var (bits, count, position, at) = (bits, count, position, used)
    let isAtEnd = isAtEnd
    defer { (self.bits, self.count, self.position, used) = (bits, count, position, at) }

    while at < limit {
      if count < 48 {
        if position + 8 <= input.count {
          let word = unsafe input.bytes.unsafeLoadUnaligned(
            fromByteOffset: position, as: UInt64.self)
          bits |= UInt64(littleEndian: word) << UInt64(count)
          position += (63 - count) >> 3
          count |= 56
        } else {
          guard isAtEnd else { return .starved }
          while count <= 56, position < input.count {
            bits |= UInt64(input[position]) << UInt64(count)
            position += 1
            count += 8
          }
        }
      }
      var entry = literalTable[Int(bits & mask)]
      if entry == 0 { entry = literals.long(bits) }
      var length = Int(entry & 15)
      var extra = UInt64(entry >> 4 & 15)
      if length + Int(extra) > count { return .ended }
      // With too few bits, zeros stand for those that are missing.
      if length == 0 { return count < PrefixCode.longest ? .ended : .noCode }
      bits >>= UInt64(length)
      count -= length
      let kind = entry & DeflateAlphabet.Kind.mask
      if kind == DeflateAlphabet.Kind.literal {
        output[at] = UInt8(truncatingIfNeeded: entry >> 16)
        at += 1
        continue
      }
      if kind == DeflateAlphabet.Kind.end { return .endOfBlock }
      if kind == DeflateAlphabet.Kind.unused { return .noCode }
      let copied = Int(entry >> 16) + Int(bits & (1 << extra - 1))
      bits >>= extra
      count -= Int(extra)

      entry = distanceTable[Int(bits & mask)]
      if entry == 0 { entry = distances.long(bits) }
      length = Int(entry & 15)
      extra = UInt64(entry >> 4 & 15)
      if length + Int(extra) > count { return .ended }
      if length == 0 { return count < PrefixCode.longest ? .ended : .noCode }
      if entry & DeflateAlphabet.Kind.mask == DeflateAlphabet.Kind.unused { return .noCode }
      bits >>= UInt64(length)
      let distance = Int(entry >> 16) + Int(bits & (1 << extra - 1))
      bits >>= extra
      count -= length + Int(extra)
      if distance > at { return .tooFar(distance: distance) }
      // Byte by byte: a copy may repeat what it has just written.
      var from = at - distance
      let end = at + copied
      while at < end {
        output[at] = output[from]
        at += 1
        from += 1
      }
    }
    return .full
  }
}
