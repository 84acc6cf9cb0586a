import DragomanSystem
import DragomanFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads lines as they come: all that are there, but never waits for more than one.
///
/// So a file is read in large pieces, which translates fast, while a program that writes a line and
/// waits for its translation gets it. What is compressed with gzip, which its first bytes tell, is unpacked.
final class LineReader {
  private let descriptor: Int32
  private var pending: [UInt8] = []
  /// What unpacks the input, if it is packed.
  private var unpacked: GzipReader?
  private var isKnown = false
  private var isAtEnd = false

  /// A reader of standard input.
  convenience init() {
    self.init(descriptor: STDIN_FILENO)
  }

  /// A reader of an open file.
  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// The lines that have come in, without their ends; `nil` when there are no more.
  ///
  /// A line ends at "\n" or "\r\n", the last one also at the end of the input. Bytes that are not UTF-8
  /// become U+FFFD.
  func next() throws -> [String]? {
    while !isAtEnd {
      var searched = pending.count
      try readMore()
      searched = min(searched, pending.count)
      guard let last = pending[searched...].lastIndex(of: UInt8(ascii: "\n")) else { continue }
      let lines = Self.lines(pending[..<last])
      pending.removeSubrange(...last)
      return lines
    }
    guard !pending.isEmpty else { return nil }
    defer { pending = [] }
    return Self.lines(pending[...])
  }

  private func readMore() throws {
    let piece = try unpacked?.next() ?? fetch()
    isAtEnd = piece.isEmpty
    pending += piece
    guard !isKnown, pending.count >= 2 else { return }
    isKnown = true
    if pending.starts(with: GzipReader.magic) { unpack() }
  }

  /// Takes what was read so far, and all that follows, for gzip.
  private func unpack() {
    let descriptor = descriptor
    var start = pending
    unpacked = GzipReader(path: "standard input") {
      defer { start = [] }
      return start.isEmpty ? try Self.fetch(descriptor) : start
    }
    pending = []
  }

  private func fetch() throws(InputError) -> [UInt8] { try Self.fetch(descriptor) }

  private static func fetch(_ descriptor: Int32) throws(InputError) -> [UInt8] {
    let size = 1 << 16
    var failure: Int32 = 0
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      var found: Int
      repeat {
        found = unsafe read(descriptor, buffer.baseAddress, size)
      } while found < 0 && (errno == EINTR || errno == EAGAIN && InputFile.waitForBytes(descriptor))
      if found < 0 { failure = errno }
      count = max(found, 0)
    }
    guard failure == 0 else {
      throw InputError(reason: unsafe String(cString: strerror(failure)))
    }
    return piece
  }

  private static func lines(_ bytes: ArraySlice<UInt8>) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }
}

/// Standard input could not be read.
struct InputError: Error, CustomStringConvertible {
  /// The system's reason.
  let reason: String
  /// What happened.
  var description: String { "standard input: \(reason)" }
}
