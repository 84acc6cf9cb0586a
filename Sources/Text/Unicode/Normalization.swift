/// A line as every tokenizer sees it, which is what a round trip gives back.
///
/// Each run of white space (the Unicode property, so no-break spaces, tabs and U+2028 too) becomes one
/// space; white space at both ends goes; with `lowercase`, letters become small by Unicode's full mapping.
/// Nothing else changes: canonically equivalent spellings stay as they are.
func normalize(_ line: String, lowercase: Bool) -> String {
  var result: [UInt8] = []
  appendNormalized(Array(prepared(Array(line.utf8)[...], lowercase: lowercase)), to: &result)
  return String(decoding: result, as: UTF8.self)
}

/// A line's UTF-8 as it is cut into tokens: lower-cased where asked for, white space as it is.
func prepared(_ line: ArraySlice<UInt8>, lowercase: Bool) -> ArraySlice<UInt8> {
  lowercase ? Array(String(decoding: line, as: UTF8.self).lowercased().utf8)[...] : line
}

/// Appends a text to `result` with its white space normalised.
func appendNormalized(_ bytes: [UInt8], to result: inout [UInt8]) {
  let start = result.count
  var pending = false
  var index = 0
  while index < bytes.count {
    let (scalar, length) = decodeScalar(bytes, at: index)
    if isWhiteSpace(scalar) {
      pending = true
    } else {
      if pending && result.count > start { result.append(UInt8(ascii: " ")) }
      pending = false
      for byte in index..<(index + length) { result.append(bytes[byte]) }
    }
    index += length
  }
}
