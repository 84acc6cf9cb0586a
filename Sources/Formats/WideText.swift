/// Text whose characters take two or four bytes each, known by its mark or by the bytes that are zero.
package enum WideText: String, Sendable {
  case utf16 = "UTF-16"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case utf32 = "UTF-32"
  case utf32LittleEndian = "UTF-32LE"
  case utf32BigEndian = "UTF-32BE"

  /// How many of the first bytes are looked at.
  private static let reach = 4096

  /// What a file is that begins with these bytes; `nil` for bytes that may be UTF-8.
  ///
  /// Without a mark, every zero byte has to stand in the same place of its unit, and spaces and line ends have to be
  /// such units: in a text with stray zero bytes they are not.
  package init?(_ start: some Collection<UInt8>) {
    let bytes = Array(start.prefix(Self.reach))
    if let marked = Self(mark: bytes) {
      self = marked
      return
    }
    guard bytes.contains(0) else { return nil }
    let kinds: [Self] = [.utf32LittleEndian, .utf32BigEndian, .utf16LittleEndian, .utf16BigEndian]
    guard let found = kinds.first(where: { $0.fits(bytes) }) else { return nil }
    self = found
  }

  /// The command that makes UTF-8 of such a file.
  package var remedy: String { "Convert it with 'iconv -f \(rawValue) -t UTF-8'." }

  private init?(mark bytes: [UInt8]) {
    switch bytes {
    case _ where bytes.starts(with: [0xFF, 0xFE, 0, 0]),
      _ where bytes.starts(with: [0, 0, 0xFE, 0xFF]):
      self = .utf32
    case _ where bytes.starts(with: [0xFF, 0xFE]), _ where bytes.starts(with: [0xFE, 0xFF]):
      self = .utf16
    default: return nil
    }
  }

  /// The bytes of a unit, and where in it the value of an ASCII character stands.
  private var unit: (size: Int, low: Int) {
    switch self {
    case .utf32LittleEndian: (4, 0)
    case .utf32BigEndian: (4, 3)
    case .utf16LittleEndian: (2, 0)
    case .utf16, .utf16BigEndian: (2, 1)
    case .utf32: (4, 3)
    }
  }

  /// Whether bytes without a mark look like this.
  private func fits(_ bytes: [UInt8]) -> Bool {
    let (size, low) = unit
    var (units, ascii, blanks, wideBlanks) = (0, 0, 0, 0)
    for start in stride(from: 0, through: bytes.count - size, by: size) {
      let value = bytes[start + low]
      let others = (0..<size).filter { $0 != low }.map { bytes[start + $0] }
      units += 1
      // No text has NUL, and the highest of four bytes is always zero.
      guard value != 0 || others.contains(where: { $0 != 0 }) else { return false }
      if size == 4, bytes[start + 3 - low] != 0 { return false }
      let isASCII = value < 0x80 && others.allSatisfy { $0 == 0 }
      if isASCII { ascii += 1 }
      if [0x09, 0x0A, 0x0D, 0x20].contains(value) {
        blanks += 1
        if isASCII { wideBlanks += 1 }
      }
    }
    return units >= 2 && ascii >= 2 && 5 * wideBlanks >= 3 * blanks
  }
}
