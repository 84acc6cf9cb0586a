extension ParallelCorpus {
  /// Reads the messages of a PO file (GNU gettext manual, section "The Format of PO Files").
  ///
  /// A message gives a pair of `msgid` and `msgstr`; contexts are ignored. Of a message with plural forms, `msgid` goes
  /// with the form for one, and `msgid_plural` with each other form, or with the only one. Where the header's language
  /// is the layout's source, the sides are exchanged. Fuzzy, obsolete and untranslated messages are skipped and
  /// counted. White space, line breaks too, is one space.
  mutating func readPO(
    _ path: String, _ layout: CorpusLayout, _ summary: inout CorpusSummary
  ) throws(CorpusError) {
    var reader = try POReader(path: path)
    var header = POHeader()
    var headerLine = 1
    while let message = try reader.next() {
      switch message.kind {
      case .obsolete: summary.skip(.obsolete, reader.path, line: message.line)
      case .header:
        header = POHeader(message.translations[0] ?? [])
        summary.declaredLanguages = .init(
          source: header.sourceLanguage, target: header.language)
        if let charset = header.charset, charset.isEscaped {
          throw charset.error(reader.path, converter: POReader.converter)
        }
        headerLine = message.line
      case .fuzzy: summary.skip(.fuzzy, reader.path, line: message.line)
      case .plain where message.translations.values.allSatisfy(\.isEmpty):
        summary.skip(.untranslated, reader.path, line: message.line)
      case .plain:
        let isExchanged = header.isTranslation(into: layout.sourceKey, not: layout.targetKey)
        for (id, translation) in message.pairs(formOfOne: header.formOfOne) {
          let sides = isExchanged ? (translation, id) : (id, translation)
          add(
            sides.0.withSingleSpaces[...], sides.1.withSingleSpaces[...], at: message.line,
            of: reader.path, &summary)
        }
      }
    }
    summary.finish(reader.lines)
    header.charset?.note(
      reader.path, line: headerLine, hasBeyondASCII: reader.hasBeyondASCII, &summary)
  }
}

/// A message of a PO file.
struct POMessage {
  enum Kind { case plain, header, fuzzy, obsolete }

  /// The line of its `msgid`.
  var line = 0
  var kind = Kind.plain
  var id: [UInt8]?
  var plural: [UInt8]?
  /// `msgstr` as 0, or its forms.
  var translations: [Int: [UInt8]] = [:]

  /// The texts that belong together.
  func pairs(formOfOne: Int) -> [(id: [UInt8], translation: [UInt8])] {
    guard let id else { return [] }
    guard let plural else { return translations.values.map { (id, $0) } }
    let forms = translations.sorted { $0.key < $1.key }
    if forms.count == 1 { return [(id, forms[0].value), (plural, forms[0].value)] }
    return forms.map { ($0.key == formOfOne ? id : plural, $0.value) }
  }
}

/// The messages of a PO file, one after the other.
struct POReader {
  private(set) var lines: LineReader
  private var message = POMessage()
  /// Where a string that goes on belongs.
  private var field: Field?
  private var isFuzzy = false
  /// The encoding that the header states, if it is another one than UTF-8.
  private var stated: DeclaredCharset?
  /// Whether a line so far had anything beyond ASCII.
  private(set) var hasBeyondASCII = false
  /// What converts a file together with its header.
  static let converter = "msgconv -t UTF-8"
  /// Messages that were complete before they were asked for.
  private var ready: [POMessage] = []

  private enum Field: Equatable { case context, id, plural, translation(Int) }

  init(path: String) throws(CorpusError) { lines = try LineReader(path: path) }

  var path: String { lines.path }

  /// The next message, in any state; `nil` at the end of the file.
  mutating func next() throws(CorpusError) -> POMessage? {
    while ready.isEmpty {
      guard let line = try nextLine() else {
        try finish()
        return ready.isEmpty ? nil : ready.removeFirst()
      }
      try read(line)
    }
    return ready.removeFirst()
  }

  /// The next line; one that is not UTF-8 is told by the encoding that the header states, wherever that stands.
  private mutating func nextLine() throws(CorpusError) -> ArraySlice<UInt8>? {
    do {
      let line = try lines.next()
      if !hasBeyondASCII, let line { hasBeyondASCII = line.contains { $0 >= 0x80 } }
      return line
    } catch {
      guard case .invalidUTF8 = error, let charset = charset else { throw error }
      throw charset.error(path, instead: error, converter: Self.converter)
    }
  }

  /// The encoding that the header states: it may have been read, wholly or in part, or come later.
  private var charset: DeclaredCharset? {
    if let known = stated { return known }
    if message.id?.isEmpty ?? false, let found = POHeader(message.translations[0] ?? []).charset {
      return found
    }
    var rest = lines
    while true {
      do {
        guard let line = try rest.next() else { return nil }
        let name = Self.charset(in: line)
        if !name.isEmpty { return DeclaredCharset(name) }
      } catch {
        switch error {
        case .invalidUTF8, .nul: continue
        default: return nil
        }
      }
    }
  }

  /// What stands after `charset=` in a line of the header.
  private static func charset(in line: ArraySlice<UInt8>) -> String {
    let text = String(decoding: line, as: UTF8.self)
    guard text.lowercased().hasPrefix("\"content-type:") else { return "" }
    // The string ends with an escaped line break and a quotation mark.
    let value = text.split(separator: "charset=", maxSplits: 1).dropFirst().first ?? ""
    return String(value.prefix { $0 != "\\" && $0 != "\"" && $0 != ";" })
  }

  private mutating func read(_ line: ArraySlice<UInt8>) throws(CorpusError) {
    let text = line.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    guard let first = text.first else { return try finish() }
    switch first {
    case UInt8(ascii: "#"): try readComment(text)
    case UInt8(ascii: "\""):
      guard let field else {
        throw error(text, in: line, "a string has to follow msgid, msgstr or the like.")
      }
      append(try string(text, in: line), to: field)
    default:
      let keyword = text.prefix { $0 > 0x20 && $0 != UInt8(ascii: "\"") }
      let rest = text[keyword.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
      let next = try begin(String(decoding: keyword, as: UTF8.self), text, in: line)
      guard rest.first == UInt8(ascii: "\"") else {
        throw error(rest, in: line, "expected a string in quotation marks.")
      }
      field = next
      append(try string(rest, in: line), to: next)
    }
  }

  /// Makes sure that a keyword may stand here, and says what it begins.
  private mutating func begin(
    _ keyword: String, _ text: ArraySlice<UInt8>, in line: ArraySlice<UInt8>
  ) throws(CorpusError) -> Field {
    let next: Field
    switch keyword {
    case "msgctxt":
      try finish()
      return .context
    case "msgid":
      if message.id != nil { try finish() }
      message.line = lines.line
      return .id
    case "msgid_plural": next = .plural
    case "msgstr": next = .translation(0)
    default:
      guard keyword.hasPrefix("msgstr["), keyword.hasSuffix("]"),
        let form = Int(keyword.dropFirst(7).dropLast()), (0..<100).contains(form)
      else {
        throw error(
          text, in: line,
          "expected msgctxt, msgid, msgid_plural, msgstr or a comment, found \"\(keyword)\".")
      }
      next = .translation(form)
    }
    guard message.id != nil else {
      throw error(text, in: line, "there is no msgid before \(keyword).")
    }
    if case .translation(let form) = next {
      guard keyword == "msgstr" ? message.plural == nil : message.plural != nil else {
        throw error(
          text, in: line,
          message.plural == nil
            ? "\(keyword) needs a msgid_plural before it."
            : "expected msgstr[0] after msgid_plural.")
      }
      guard message.translations[form] == nil else {
        throw error(text, in: line, "the message has \(keyword) twice.")
      }
    }
    return next
  }

  private mutating func append(_ text: [UInt8], to field: Field) {
    switch field {
    case .context: break
    case .id: message.id = (message.id ?? []) + text
    case .plural: message.plural = (message.plural ?? []) + text
    case .translation(let form): message.translations[form, default: []] += text
    }
  }

  private mutating func readComment(_ text: ArraySlice<UInt8>) throws(CorpusError) {
    if message.id != nil { try finish() }
    let words = text.dropFirst().split(whereSeparator: { $0 <= 0x20 || $0 == UInt8(ascii: ",") })
      .map { String(decoding: $0, as: UTF8.self) }
    switch text.dropFirst().first {
    case UInt8(ascii: ",")?: isFuzzy = isFuzzy || words.contains("fuzzy")
    case UInt8(ascii: "~")?:
      isFuzzy = false
      // "#~|" is what the message was before.
      if words.first == "~", words.count > 1, words[1] == "msgid" || words[1].hasPrefix("msgid\"") {
        ready.append(POMessage(line: lines.line, kind: .obsolete))
      }
    default: break
    }
  }

  /// Hands over the message that has ended.
  private mutating func finish() throws(CorpusError) {
    defer {
      message = POMessage()
      field = nil
    }
    guard let id = message.id else { return }
    guard !message.translations.isEmpty else {
      throw .malformed(
        path: path, line: message.line, column: 1, problem: "the message has no msgstr.")
    }
    message.kind = id.isEmpty ? .header : isFuzzy ? .fuzzy : .plain
    if message.kind == .header { stated = POHeader(message.translations[0] ?? []).charset }
    isFuzzy = false
    ready.append(message)
  }

  /// A string in quotation marks, to the end of the line, without its escapes.
  private func string(
    _ text: ArraySlice<UInt8>, in line: ArraySlice<UInt8>
  ) throws(CorpusError) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text.dropFirst()
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        if let more = rest.firstIndex(where: { $0 > 0x20 }) {
          throw error(line[more...], in: line, "expected the end of the line after the string.")
        }
        return result
      case UInt8(ascii: "\\"):
        let place = rest
        guard let escaped = Self.escaped(&rest) else {
          throw error(place, in: line, "the string has a \"\\\" before what it cannot escape.")
        }
        result.append(escaped)
      default: result.append(byte)
      }
    }
    throw error(text, in: line, "the string has no quotation mark at its end.")
  }

  /// What an escape of C stands for; only ASCII can be written so.
  private static func escaped(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
    func number(_ digits: ArraySlice<UInt8>, radix: Int) -> UInt8? {
      rest = rest[digits.endIndex...]
      let value = UInt8(String(decoding: digits, as: UTF8.self), radix: radix)
      return value.flatMap { (1..<0x80).contains($0) ? $0 : nil }
    }
    guard let first = rest.first else { return nil }
    if (0x30...0x37).contains(first) {
      return number(rest.prefix(3).prefix { (0x30...0x37).contains($0) }, radix: 8)
    }
    rest = rest.dropFirst()
    switch first {
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "a"): return 0x07
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "v"): return 0x0B
    case UInt8(ascii: "x"):
      return number(rest.prefix(2).prefix { Character(Unicode.Scalar($0)).isHexDigit }, radix: 16)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "?"): return first
    default: return nil
    }
  }

  private func error(
    _ place: ArraySlice<UInt8>, in line: ArraySlice<UInt8>, _ problem: String
  ) -> CorpusError {
    let before = line[line.startIndex..<place.startIndex]
    return .malformed(
      path: path, line: lines.line, column: before.count { $0 & 0xC0 != 0x80 } + 1, problem: problem
    )
  }
}
