/// A line as every tokenizer sees it, which is what a round trip gives back.
///
/// Each run of white space (the Unicode property, so no-break spaces, tabs and U+2028 too) becomes one
/// space; white space at both ends goes; with `lowercase`, letters become small by Unicode's full mapping.
/// Nothing else changes: canonically equivalent spellings stay as they are.
func normalize(_ line: String, lowercase: Bool) -> String {
  String(decoding: normalizedUTF8(line, lowercase: lowercase), as: UTF8.self)
}

/// The same in UTF-8.
func normalizedUTF8(_ line: String, lowercase: Bool) -> [UInt8] {
  var result: [UInt8] = []
  appendNormalized(Array((lowercase ? line.lowercased() : line).utf8), to: &result)
  return result
}

/// Appends a text to `result` with its white space normalised.
func appendNormalized(_ bytes: [UInt8], to result: inout [UInt8]) {
  var normalizer = WhiteSpaceNormalizer()
  normalizer.append(bytes, to: &result)
}

/// Puts the white space of a text in order that comes in parts.
///
/// White space is written when something follows it, so what is written already never changes.
struct WhiteSpaceNormalizer: Sendable {
  private var isPending = false
  private var isEmpty = true

  /// Appends the next part of the text, whole scalars, to `result`.
  mutating func append(_ bytes: [UInt8], to result: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let (scalar, length) = decodeScalar(bytes, at: index)
      if isWhiteSpace(scalar) {
        isPending = true
      } else {
        if isPending && !isEmpty { result.append(UInt8(ascii: " ")) }
        (isPending, isEmpty) = (false, false)
        for byte in index..<(index + length) { result.append(bytes[byte]) }
      }
      index += length
    }
  }
}
