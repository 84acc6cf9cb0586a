import DragomanSystem

extension JSON {
  /// Reads a file that holds one JSON text and came in through the gate of all text: a byte order mark is passed over.
  ///
  /// Throws a ``FileError``, a ``TextError`` for what is not UTF-8, and a ``FormatError``.
  package static func read(path: String) throws -> JSON {
    try parse(Array(TextGate.whole(Files.read(path), path: path)), file: path)
  }
}
