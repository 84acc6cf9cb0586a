extension Tokenizer {
  /// Whether a token such as `<0xE2>` stands for one byte of text that no piece covers.
  package static func isByte(_ token: String) -> Bool {
    BytePairs.byte(of: Array(token.utf8)) != nil
  }
}
