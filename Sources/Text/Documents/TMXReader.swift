extension ParallelCorpus {
  /// Reads the translation units of a TMX file (LISA, "TMX 1.4b Specification", 2005).
  ///
  /// A unit gives a pair of the first segments in the two languages of the layout: `en` is `en` or, where there is
  /// none, `en-US` or another `en`; case and `_` for `-` do not matter. Units without one of them are skipped and
  /// counted. Native codes (`bpt`, `ept`, `it`, `ph`, `ut`, and `sub` in them) are left out, a line break among
  /// them is a space; the text of `hi` stays. White space is one space.
  mutating func readTMX(
    _ path: String, _ layout: CorpusLayout, _ summary: inout CorpusSummary
  ) throws(CorpusError) {
    var reader = try XMLReader(path: path)
    var unit = TranslationUnit()
    var languages: [String] = []
    var isRoot = true
    while let event = try reader.next() {
      switch event {
      case .start(let name, let attributes):
        if isRoot, name != "tmx" {
          throw reader.error("expected the element <tmx>, found <\(name)>. This is no TMX file.")
        }
        isRoot = false
        if name == "tu" { unit = TranslationUnit(line: reader.line) }
        if name == "tuv" {
          guard let language = attributes["xml:lang"] ?? attributes["lang"] else {
            throw reader.error("expected the attribute xml:lang in the tag <tuv>.")
          }
          unit.language = language
          if !languages.contains(language) { languages.append(language) }
        }
        unit.segment.start(name, attributes)
      case .text(let text):
        unit.segment.add(text)
      case .end(let name):
        if name == "seg" { unit.add() }
        unit.segment.end(name)
        if name == "tu" {
          add(unit, layout, reader.path, &summary)
        }
      }
    }
    let wanted = [layout.sourceKey, layout.targetKey]
    let isKnown = wanted.allSatisfy { language in
      languages.contains { TranslationUnit.rank($0, for: language) > 0 }
    }
    guard isKnown || languages.isEmpty else {
      throw .missingLanguage(path: reader.path, expected: wanted, found: languages)
    }
    summary.finish(reader.reader)
  }

  private mutating func add(
    _ unit: TranslationUnit, _ layout: CorpusLayout, _ path: String, _ summary: inout CorpusSummary
  ) {
    guard let source = unit.text(in: layout.sourceKey), let target = unit.text(in: layout.targetKey)
    else { return summary.skip(.missingLanguage, path, line: unit.line) }
    add(source[...], target[...], at: unit.line, of: path, &summary)
  }
}

/// The element `tu`: a text in several languages.
private struct TranslationUnit {
  var line = 0
  var language = ""
  var segment = Segment()
  private var variants: [(language: String, text: [UInt8])] = []

  init(line: Int = 0) { self.line = line }

  /// Keeps the segment that ends.
  mutating func add() { variants.append((language, segment.text.withSingleSpaces)) }

  /// The text in a language, as near as there is one.
  func text(in language: String) -> [UInt8]? {
    let ranks = variants.map { Self.rank($0.language, for: language) }
    guard let best = ranks.max(), best > 0 else { return nil }
    return ranks.firstIndex(of: best).map { variants[$0].text }
  }

  /// How well a code fits the one that is wanted: 2 if it is the same, 1 if it says more, else 0.
  static func rank(_ code: String, for wanted: String) -> Int {
    func plain(_ code: String) -> String {
      String(code.lowercased().map { $0 == "_" ? "-" : $0 })
    }
    let (code, wanted) = (plain(code), plain(wanted))
    return code == wanted ? 2 : code.hasPrefix(wanted + "-") ? 1 : 0
  }
}

/// The element `seg`: text with codes of a native format in it.
private struct Segment {
  private(set) var text: [UInt8] = []
  private var isOpen = false
  /// How many elements of native code are open, and what they hold.
  private var codes = 0
  private var code: [UInt8] = []
  private static let codeElements = ["bpt", "ept", "it", "ph", "ut", "sub"]

  mutating func start(_ name: String, _ attributes: [String: String]) {
    if name == "seg" { self = Segment(isOpen: true) }
    guard isOpen, Self.codeElements.contains(name) else { return }
    codes += 1
    if attributes["type"] == "lb" { code += Array("<br".utf8) }
  }

  mutating func add(_ part: [UInt8]) {
    guard isOpen else { return }
    if codes > 0 { code += part } else { text += part }
  }

  mutating func end(_ name: String) {
    if name == "seg" { isOpen = false }
    guard codes > 0, Self.codeElements.contains(name) else { return }
    codes -= 1
    guard codes == 0 else { return }
    let native = String(decoding: code, as: UTF8.self).lowercased()
    if native.contains("<br") || native.contains("\\n") { text.append(UInt8(ascii: " ")) }
    code = []
  }

  init(isOpen: Bool = false) { self.isOpen = isOpen }
}

extension [UInt8] {
  /// The text with each run of ASCII white space as one space, and none at its ends.
  var withSingleSpaces: [UInt8] {
    var result: [UInt8] = []
    for word in split(whereSeparator: { (0x09...0x0D).contains($0) || $0 == 0x20 }) {
      if !result.isEmpty { result.append(0x20) }
      result += word
    }
    return result
  }
}
