import DragomanSystem
import DragomanFormats

/// The lines of a text file, one by one, checked to be text by the ``TextGate``.
struct LineReader {
  /// Bytes per system call: so many that calls do not count, so few that they stay in the cache.
  static let chunk = 1 << 18
  private var gate: TextGate
  /// Whether carriage returns within a line are white space, as in XML.
  private let allowsCarriageReturns: Bool
  /// How many lines have ended in "\r\n" so far.
  private(set) var carriageReturns = 0

  init(path: String, allowingCarriageReturns: Bool = false) throws(CorpusError) {
    allowsCarriageReturns = allowingCarriageReturns
    // "-" is standard input, a pipe for instance.
    let file: InputFile
    do { file = try path == "-" ? InputFile.standardInput() : InputFile(path) } catch {
      throw .unreadable(error)
    }
    gate = TextGate(path: file.path) { try file.read(Self.chunk) }
    do { try gate.open() } catch { throw CorpusError(error) }
  }

  /// The path, for messages.
  var path: String { gate.path }
  /// The number of the line last read, from 1; 0 before the first.
  var line: Int { gate.line }
  /// Whether the file begins with a byte order mark.
  var hasByteOrderMark: Bool { gate.hasByteOrderMark }
  /// The first bytes of the text, whatever they are.
  var head: [UInt8] { gate.head }
  /// Whether all of the file was one line.
  var isOneLine: Bool { gate.line == 1 && gate.isAtEnd }

  /// The next line without its end, in valid UTF-8; `nil` at the end of the file.
  mutating func next() throws(CorpusError) -> ArraySlice<UInt8>? {
    let next: TextGate.Line?
    do { next = try gate.next() } catch { throw CorpusError(error) }
    guard let line = next else { return nil }
    if line.endsInCarriageReturn { carriageReturns += 1 }
    if let flaw = line.flaw {
      switch flaw {
      case .invalidUTF8(let byte, let found):
        throw .invalidUTF8(path: path, line: self.line, byte: byte, found: found)
      case .nul(let byte): throw .nul(path: path, line: self.line, byte: byte)
      case .carriageReturn where allowsCarriageReturns: break
      case .carriageReturn(let byte):
        throw .carriageReturn(path: path, line: self.line, byte: byte)
      }
    }
    return line.bytes
  }
}

extension CorpusError {
  /// What went wrong at the gate.
  fileprivate init(_ error: any Error) {
    switch error {
    case let error as FileError: self = .unreadable(error)
    case let error as FormatError: self = .damaged(error)
    case TextError.foreign(let path, let found):
      self = .foreign(path: path, kind: found.kind, remedy: found.remedy)
    case let error as TextError: self = .text(error)
    default: preconditionFailure("reading a corpus: \(error)")
    }
  }
}
