/// What is not text in UTF-8, by its first bytes: another encoding, or a file that something has packed.
package struct ForeignText: Sendable, Equatable {
  /// What it is, with its article.
  package let kind: String
  /// What makes text in UTF-8 of it, a sentence.
  package let remedy: String

  /// How many of the first bytes tell what packed a file.
  package static let length = 64

  /// What the first bytes belong to; `nil` if that may be text in UTF-8.
  package init?(_ bytes: some Collection<UInt8>) {
    if let wide = WideText(bytes) {
      (kind, remedy) = (wide.rawValue, wide.remedy)
    } else if let found = Self.packed(Array(bytes.prefix(Self.length))) {
      self = found
    } else {
      return nil
    }
  }

  private static func packed(_ start: [UInt8]) -> ForeignText? {
    let kinds: [(start: [UInt8], kind: String, remedy: String)] = [
      (GzipReader.magic, "a gzip file in a gzip file", "Unpack it once with 'gunzip -k'."),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz file", "Unpack it with 'xz -dk'."),
      ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file", "Unpack it with 'zstd -dk'."),
      ([0x42, 0x5A, 0x68], "a bzip2 file", "Unpack it with 'bunzip2 -k'."),
      ([0x50, 0x4B, 0x03, 0x04], "a zip file", "Unpack it with 'unzip'."),
    ]
    // "BZh" may begin a text, "PK" too; what follows it in such a file is not text.
    guard let found = kinds.first(where: { start.starts(with: $0.start) }),
      start.contains(where: { $0 < 0x07 || $0 == 0xFF || $0 == 0xFE })
        || UTF8Check.firstInvalid(start) != nil
    else { return nil }
    return ForeignText(kind: found.kind, remedy: found.remedy)
  }

  /// A packed file where nothing is unpacked.
  static let gzip = ForeignText(kind: "a gzip file", remedy: "Unpack it with 'gunzip -k'.")

  private init(kind: String, remedy: String) { (self.kind, self.remedy) = (kind, remedy) }
}
