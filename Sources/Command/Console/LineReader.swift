import DragomanSystem
import DragomanFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads lines as they come, through the gate of all text: all that are there, but never waits for more than one.
///
/// So a file is read in large pieces, which translates fast, while a program that writes a line and
/// waits for its translation gets it.
final class LineReader {
  private var gate: TextGate
  private let isStrict: Bool
  private var repairs = TextRepairs()

  /// A reader of an open file, standard input by default.
  ///
  /// - Parameter isStrict: whether a line that is not text is an error; otherwise it is repaired, and ``notes`` tell of
  ///   it.
  init(descriptor: Int32 = STDIN_FILENO, isStrict: Bool = false) {
    self.isStrict = isStrict
    gate = TextGate(path: TextGate.standardInput) { try Self.fetch(descriptor) }
  }

  /// What to tell of the lines read so far, if they were not all text.
  var notes: [String] { repairs.notes(path: gate.path) }

  /// Calls `body` with all lines as they come, and tells at last what was wrong with them, unless that is to be quiet.
  func forEach(
    _ console: Console, isQuiet: Bool, _ body: ([String]) throws -> Void
  ) throws {
    defer { if !isQuiet { for note in notes { console.message(note) } } }
    while let lines = try next() { try body(lines) }
  }

  /// The lines that have come in, without their ends; `nil` when there are no more.
  ///
  /// Throws a ``TextError`` for what is not UTF-8, with strictness for a line that is not text, and what reading
  /// throws. Lines before that one are given first.
  func next() throws -> [String]? {
    if let refused {
      self.refused = nil
      throw refused
    }
    guard let first = try gate.next() else { return nil }
    guard let text = text(first) else { return try next() }
    var lines = [text]
    while refused == nil, let line = gate.nextAvailable() {
      if let text = self.text(line) { lines.append(text) }
    }
    return lines
  }

  /// The error that comes after the lines before it.
  private var refused: TextError?

  /// The text of a line; `nil` if it is refused.
  private func text(_ line: TextGate.Line) -> String? {
    if isStrict, let flaw = line.flaw {
      refused = .flaw(path: gate.path, line: gate.line, flaw)
      return nil
    }
    return repairs.text(line, number: gate.line)
  }

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
}

/// Standard input could not be read.
struct InputError: Error, CustomStringConvertible {
  /// The system's reason.
  let reason: String
  /// What happened.
  var description: String { "\(TextGate.standardInput): \(reason)" }
}
