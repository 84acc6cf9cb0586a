/// What is wrong with compressed bytes, told without the file they stand in.
package struct InflateError: Error, Equatable {
  /// Where: so many of the compressed bytes come before.
  package let offset: Int
  /// What should be there.
  package let expected: String
  /// What is there.
  package let found: String
  /// What to do; `nil` for bytes that are damaged.
  package var remedy: String?

  /// The error in a file, given where in it a compressed byte stands.
  package func inFile(_ file: String, _ place: (Int) -> Int = { $0 }) -> FormatError {
    .bytes(
      file: file, offset: place(offset), expected: expected, found: found,
      remedy: remedy ?? Self.damaged)
  }

  /// What to do about a file that is not whole.
  package static let damaged = "It was cut short or damaged; copy or download it again."
}
