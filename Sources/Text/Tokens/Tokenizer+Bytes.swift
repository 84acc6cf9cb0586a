extension Tokenizer {
  /// Whether a token stands for one byte of text that no piece covers, such as `<0xE2>`: how byte pairs write what is rare.
  package static func isByte(_ token: String) -> Bool {
    BytePairs.byte(of: Array(token.utf8)) != nil
  }
}
