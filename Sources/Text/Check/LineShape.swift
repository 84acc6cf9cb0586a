/// What can be told of a line from its bytes in one pass.
///
/// Words stand between ASCII white space. Hashes are FNV-1a over 64 bits with a last mixing step: two different ones
/// among n lines have equal hashes with a chance of about n² / 2⁶⁵, three in a hundred million for a million lines.
struct LineShape {
  /// Of all bytes.
  private(set) var hash: UInt64 = LineShape.start
  private(set) var words = 0
  private(set) var characters = 0

  private static let start: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x0000_0100_0000_01B3

  /// Looks at the bytes of a line, and hands over the hash of each word.
  init(_ bytes: [UInt8], _ range: Range<Int>, word: (UInt64) -> Void) {
    var wordHash = Self.start
    var isInWord = false
    for index in range {
      let byte = bytes[index]
      hash = (hash ^ UInt64(byte)) &* Self.prime
      if byte & 0xC0 != 0x80 { characters += 1 }
      if byte <= 0x20 {
        if isInWord {
          word(Self.mixed(wordHash))
          words += 1
          isInWord = false
        }
      } else {
        if !isInWord { wordHash = Self.start }
        isInWord = true
        wordHash = (wordHash ^ UInt64(byte)) &* Self.prime
      }
    }
    if isInWord {
      word(Self.mixed(wordHash))
      words += 1
    }
    hash = Self.mixed(hash)
  }

  /// Looks at a line in canonical composition without invisible characters, in which equal texts have equal bytes.
  init(canonical lines: TextLines, _ index: Int, word: (UInt64) -> Void) {
    let range = lines.range(at: index)
    let line = lines.bytes.span.extracting(range)
    if UnicodeForm.nfc.mayChange(line) {
      let form = UnicodeForm.nfc.applied(to: line)
      self.init(form, form.indices, word: word)
    } else {
      self.init(lines.bytes, range, word: word)
    }
  }

  /// The hash of two lines in their order.
  static func joined(_ one: UInt64, _ other: UInt64) -> UInt64 {
    mixed(one ^ (other &* 0x9E37_79B9_7F4A_7C15))
  }

  /// The finaliser of MurmurHash3, since FNV's high bits know little of the last bytes.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
    mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return mixed ^ mixed >> 33
  }
}
