extension TextLines {
  /// Whether a line has characters that nobody sees, see ``UnicodeTables``.
  func hasInvisible(at index: Int) -> Bool {
    let line = bytes.span.extracting(range(at: index))
    var place = 0
    while place < line.count {
      // All of them begin with one of these.
      let byte = line[place]
      if byte == 0xC2 || byte == 0xD8 || byte == 0xE2 || byte == 0xEF {
        let (scalar, length) = decodeScalar(line, at: place)
        if UnicodeTables.isInvisible(scalar) { return true }
        place += length
      } else {
        place += 1
      }
    }
    return false
  }
}
