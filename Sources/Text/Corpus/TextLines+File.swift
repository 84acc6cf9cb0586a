extension TextLines {
  /// The lines of a text file, empty ones too; a ``CorpusError`` says where it is not text.
  package init(path: String) throws(CorpusError) {
    self.init()
    var reader = try LineReader(path: path)
    while let line = try reader.next() { append(utf8: line) }
  }
}
