import DragomanSystem

extension SafetensorsReader {
  /// The metadata key of the checksum, eight hexadecimal digits.
  package static let checksumKey = "dragoman.checksum"

  /// What a checksum is of.
  package enum Protected: Sendable {
    /// Every byte of the file, the eight digits of the checksum taken as zeros; the checksum has to be there.
    case file
    /// The tensors' bytes, as version 0.1 has it; the checksum may be left out.
    case tensors
  }

  /// Compares the bytes with the checksum in the metadata; reads all of them once.
  ///
  /// Of the header those bytes count that were read when the file was opened, so that what was checked is what
  /// ``metadata`` and ``tensors`` tell.
  ///
  /// Throws a ``FormatError`` if they differ, or if there is no checksum where one has to be.
  package func verifyChecksum(of protected: Protected = .file) throws {
    let stated = metadata[Self.checksumKey]
    if stated == nil, protected == .tensors { return }
    guard let stated, header.checksumDigits != nil || protected == .tensors else {
      throw FormatError.metadata(
        file: path, key: Self.checksumKey,
        expected: "the checksum of the file, eight hexadecimal digits",
        found: stated.map { Excerpt.quoted($0) } ?? "nothing")
    }
    var checksum = protected == .file ? startChecksum : Checksum()
    var at = dataStart
    while at < file.size {
      let bytes = try Self.exactly(min(Self.part, file.size - at), at: at, file)
      checksum.add(bytes)
      at += bytes.count
    }
    guard checksum.text == stated else {
      throw FormatError.checksum(
        file: path, expected: Excerpt.quoted(stated, mark: ""), found: checksum.text)
    }
  }
}
