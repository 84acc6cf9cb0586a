import DragomanFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A string in memory that belongs to whoever calls from C.
typealias CString = UnsafeMutablePointer<CChar>

/// The text of a C string, which the messages call `name`, through the gate of all text.
func text(_ string: UnsafePointer<CChar>?, _ name: String) throws(ArgumentError) -> String {
  guard let string = unsafe string else { throw .missing(name) }
  let bytes = unsafe UnsafeBufferPointer(start: string, count: strlen(string)).map {
    UInt8(bitPattern: $0)
  }
  if let offset = UTF8Check.firstInvalid(bytes) { throw .invalid(name, bytes, at: offset) }
  return TextGate.text(String(decoding: bytes, as: UTF8.self))
}

/// A copy of a text for C, or `nil` if there is no memory.
///
/// A NUL within, which would end it there, becomes U+FFFD.
func copy(_ text: String) -> CString? {
  let isWhole = !text.utf8.contains(0)
  let text = isWhole ? text : String(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 })
  return unsafe strdup(text)
}

extension String {
  /// The text of scalars.
  fileprivate init(_ scalars: [Unicode.Scalar]) {
    self.init(String.UnicodeScalarView(scalars))
  }
}

/// What `body` returns; or `failure`, with a message in `error`, if it throws.
func reporting<Result>(
  to error: UnsafeMutablePointer<CString?>?, or failure: Result, _ body: () throws -> Result
) -> Result {
  unsafe error?.pointee = nil
  do {
    return try body()
  } catch let problem {
    if let error = unsafe error { unsafe error.pointee = copy("\(problem)") }
    return failure
  }
}
