import DragomanFormats

/// Text in UTF-8 that was read as if it were in another encoding, and written as UTF-8 again: "Ã©tÃ©" for "été".
struct DoubleDecoding {
  /// What the text was taken for.
  let charset: LegacyCharset
  /// A word of it.
  let found: String
  /// What the word was before.
  let meant: String

  /// Looks at a line; `nil` where it seems to be what it should be.
  ///
  /// Nearly every sign beyond ASCII has to be part of what would be UTF-8 in bytes. One such part is enough if it
  /// begins as those of western letters and quotation marks do.
  init?(in line: Span<UInt8>) {
    guard Self.hasNeighbours(line) else { return nil }
    var best: (number: Int, score: Int)?
    for number in Self.tables.indices {
      let score = Rating(line, Self.tables[number]).score
      if score > best?.score ?? 0 { best = (number, score) }
    }
    guard let number = best?.number else { return nil }
    let table = Self.tables[number]
    let words = String(decoding: [UInt8](copying: line), as: UTF8.self).split(separator: " ")
    for word in words {
      guard let meant = table.decoded(word) else { continue }
      (charset, found, self.meant) = (table.charset, String(word), meant)
      return
    }
    return nil
  }

  /// Whether two signs beyond ASCII stand side by side, without which there is no sequence of bytes.
  private static func hasNeighbours(_ line: Span<UInt8>) -> Bool {
    var wasBeyond = false
    for index in line.indices {
      let byte = line[index]
      if byte >= 0xC0 {
        if wasBeyond { return true }
        wasBeyond = true
      } else if byte < 0x80 {
        wasBeyond = false
      }
    }
    return false
  }

  /// For example `'Ã©tÃ©' for 'été', by WINDOWS-1252`.
  var excerpt: String {
    "\(Excerpt.quoted(found)) for \(Excerpt.quoted(meant)), by \(charset.rawValue)"
  }

  private static let tables = LegacyCharset.allCases.map(Table.init)

  /// An encoding by its scalars.
  fileprivate struct Table {
    let charset: LegacyCharset
    let bytes: [UInt8]

    init(_ charset: LegacyCharset) {
      self.charset = charset
      bytes = charset.bytesOfScalars
    }

    @inline(__always)
    func byte(of scalar: UInt32) -> UInt8 { scalar < 0x2600 ? bytes[Int(scalar)] : 0 }

    /// Whether a byte may begin a sequence; what it is in this encoding must not be common before others.
    func isLead(_ byte: UInt8) -> Bool {
      charset != .macRoman || [0xC2, 0xC3, 0xE2].contains(byte)
    }

    /// A word as it was; `nil` if it never was in the encoding.
    func decoded(_ word: Substring) -> String? {
      var result: [UInt8] = []
      for scalar in word.unicodeScalars {
        let byte = scalar.isASCII ? UInt8(scalar.value) : byte(of: scalar.value)
        guard byte != 0 else { return nil }
        result.append(byte)
      }
      guard result.count < word.utf8.count, UTF8Check.firstInvalid(result) == nil,
        result.contains(where: { $0 >= 0x80 })
      else { return nil }
      return String(decoding: result, as: UTF8.self)
    }
  }

  /// How much of a line would be UTF-8.
  private struct Rating {
    /// Sequences that are whole.
    private var good = 0
    /// Those among them that hardly anything else can be.
    private var strong = 0
    /// Signs that belong to none.
    private var bad = 0

    /// Looks until it is clear that nothing is there.
    init(_ line: Span<UInt8>, _ table: Table) {
      var (lead, missing, allowed) = (0 as UInt8, 0, 0x80...0xBF as ClosedRange<UInt8>)
      var index = 0
      while index < line.count {
        if line[index] < 0x80 {
          if missing > 0 { bad += 1 }
          missing = 0
          index += 1
          continue
        }
        let (scalar, length) = decodeScalar(line, at: index)
        let byte = table.byte(of: scalar)
        index += length
        if missing > 0, allowed.contains(byte) {
          if lead == 0xE2, byte > 0x84, missing == 2 { lead = 0 }
          missing -= 1
          allowed = 0x80...0xBF
          if missing == 0 {
            good += 1
            if [0xC2, 0xC3, 0xE2].contains(lead) { strong += 1 }
          }
          continue
        }
        if missing > 0 { bad += 1 }
        missing = 0
        if table.isLead(byte), let (length, second) = UTF8Check.sequence(after: byte) {
          (lead, missing, allowed) = (byte, length - 1, second)
        } else {
          bad += 1
        }
        if good == 0, bad >= 4 { return }
      }
      if missing > 0 { bad += 1 }
      if table.charset != .windows1252 { strong = 0 }
    }

    /// More than 0 if the line was decoded twice.
    var score: Int {
      let isClear = bad == 0 && (good >= 2 || strong > 0) || good >= 3 && good >= 4 * bad
      return isClear ? good - bad : 0
    }
  }
}
