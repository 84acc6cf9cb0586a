import DragomanFormats

/// An argument from C that cannot be used.
struct ArgumentError: Error, CustomStringConvertible {
  /// The name of the parameter.
  let argument: String
  /// What it should have been.
  let expected: String
  /// What it was.
  let found: String

  /// What is wrong.
  var description: String { "\(argument): expected \(expected), found \(found)" }

  /// Text that is not there.
  static func missing(_ argument: String) -> ArgumentError {
    ArgumentError(argument: argument, expected: "text in UTF-8 that ends with a NUL", found: "NULL")
  }

  /// Bytes that are not text.
  static func invalid(_ argument: String, _ bytes: [UInt8], at offset: Int) -> ArgumentError {
    let digits = String(bytes[offset], radix: 16, uppercase: true)
    return ArgumentError(
      argument: argument, expected: "text in UTF-8", found: "the byte 0x\(digits) at \(offset)")
  }
}
