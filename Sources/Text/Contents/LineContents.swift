/// What a line of an interface holds that a translation has to hold as well: placeholders, tags, addresses, numbers.
struct LineContents {
  /// Placeholders, sorted; the positions of `%1$s` are left out.
  private(set) var placeholders: [String] = []
  /// Names of tags, `/b` for one that closes, sorted.
  private(set) var tags: [String] = []
  /// Addresses of pages, which may differ between languages.
  private(set) var addresses: [String] = []
  /// Runs of digits without zeros before them, sorted.
  private(set) var digits: [String] = []
  /// The same with the signs between digits left out, sorted: `1,000.5` is `10005`.
  private(set) var numbers: [String] = []
  /// How many entities of HTML there are.
  private(set) var entities = 0
  /// The first entity, as it is written.
  private(set) var firstEntity: String?

  /// Looks at a line of valid UTF-8.
  init(_ line: ArraySlice<UInt8>) {
    let scanner = PlaceholderScanner(Array(line))
    let bytes = scanner.bytes
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "%"), UInt8(ascii: "{"), UInt8(ascii: "$"):
        if let (name, end) = scanner.placeholder(at: index) {
          placeholders.append(name)
          index = end
          continue
        }
      case UInt8(ascii: "<"):
        if let (name, end) = Self.tag(in: bytes, at: index) {
          tags.append(name)
          index = end
          continue
        }
      case UInt8(ascii: "&"):
        if let (_, end) = HTMLEntities.scalar(in: bytes[...], at: index) {
          entities += 1
          if firstEntity == nil {
            firstEntity = String(decoding: bytes[index..<end], as: UTF8.self)
          }
          index = end
          continue
        }
      case UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "f"), UInt8(ascii: "w"):
        if let end = Self.endOfAddress(in: bytes, at: index) {
          addresses.append(String(decoding: bytes[index..<end], as: UTF8.self))
          index = end
          continue
        }
      default:
        if let end = addNumber(in: bytes, at: index) {
          index = end
          continue
        }
      }
      index += 1
    }
    placeholders.sort()
    tags.sort()
    digits.sort()
    numbers.sort()
  }

  // MARK: Numbers

  /// Adds the number that begins here, and says where the text goes on.
  private mutating func addNumber(in bytes: [UInt8], at start: Int) -> Int? {
    guard Self.digit(in: bytes, at: start) != nil else { return nil }
    var index = start
    var whole = ""
    while true {
      var run = ""
      while let (value, length) = Self.digit(in: bytes, at: index) {
        run.append(String(value))
        index += length
      }
      digits.append(Self.withoutZeros(run))
      whole += run
      guard let next = Self.afterSeparator(in: bytes, at: index) else { break }
      index = next
    }
    numbers.append(Self.withoutZeros(whole))
    return index
  }

  /// A decimal digit at a place, of whatever script, and its bytes.
  private static func digit(in bytes: [UInt8], at index: Int) -> (value: UInt32, length: Int)? {
    guard index < bytes.count else { return nil }
    if bytes[index] < 0x80 {
      let value = UInt32(bytes[index])
      return (0x30...0x39).contains(value) ? (value - 0x30, 1) : nil
    }
    // Bytes within a scalar begin nothing.
    guard bytes[index] >= 0xD9 else { return nil }
    let (scalar, length) = decodeScalar(bytes, at: index)
    for zero in [0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10] as [UInt32]
    where (zero...zero + 9).contains(scalar) {
      return (scalar - zero, length)
    }
    return nil
  }

  /// Where digits go on after a sign that may stand within a number; a space has to be followed by three digits.
  private static func afterSeparator(in bytes: [UInt8], at index: Int) -> Int? {
    let signs: [(sign: [UInt8], isSpace: Bool)] = [
      (Array(",".utf8), false), (Array(".".utf8), false), (Array("'".utf8), false),
      (Array("’".utf8), false), (Array("٬".utf8), false), (Array("٫".utf8), false),
      (Array(" ".utf8), true), (Array("\u{A0}".utf8), true), (Array("\u{202F}".utf8), true),
      (Array("\u{2009}".utf8), true),
    ]
    guard index < bytes.count,
      let (sign, isSpace) = signs.first(where: { bytes[index...].starts(with: $0.sign) })
    else { return nil }
    var (place, count) = (index + sign.count, 0)
    let start = place
    while count < 4, let (_, length) = digit(in: bytes, at: place) {
      place += length
      count += 1
    }
    return isSpace ? (count == 3 ? start : nil) : (count > 0 ? start : nil)
  }

  private static func withoutZeros(_ digits: String) -> String {
    let rest = digits.drop { $0 == "0" }
    return rest.isEmpty ? "0" : String(rest)
  }

  // MARK: Tags and addresses

  /// The name of the tag that begins at a place, and where its name ends; what stands in the tag is looked at too.
  private static func tag(in bytes: [UInt8], at start: Int) -> (name: String, end: Int)? {
    let isEnd = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "/")
    let first = start + (isEnd ? 2 : 1)
    let name = bytes[first...].prefix { isNameByte($0) }
    guard let letter = name.first, letter | 0x20 >= 0x61, name.endIndex < bytes.count else {
      return nil
    }
    let rest = bytes[name.endIndex...]
    let isOpen = rest.first == 0x20 || rest.first == 0x0A
    guard let end = rest.firstIndex(where: { [0x3C, 0x3E].contains($0) }), bytes[end] == 0x3E,
      isOpen || end == name.endIndex || rest[..<end].elementsEqual([UInt8(ascii: "/")])
    else { return nil }
    let text = String(decoding: name, as: UTF8.self).lowercased()
    return ((isEnd ? "/" : "") + text, name.endIndex)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
      || [0x2D, 0x3A].contains(byte)
  }

  /// Where the address that begins at a place ends.
  private static func endOfAddress(in bytes: [UInt8], at start: Int) -> Int? {
    if start > 0, isNameByte(bytes[start - 1]) { return nil }
    let begins = bytes[start...].prefix(8).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let schemes = ["http://", "https://", "ftp://", "www."].map { Array($0.utf8) }
    guard let scheme = schemes.first(where: { begins.starts(with: $0) }) else { return nil }
    var rest = bytes[start...].prefix { $0 > 0x20 && ![0x22, 0x3C, 0x3E].contains($0) }
    while let last = rest.last, Array(".,;:!?)]}'".utf8).contains(last) { rest.removeLast() }
    return rest.count > scheme.count ? rest.endIndex : nil
  }
}
