extension ParallelCorpus {
  /// Reads the translation units of a TMX file (LISA, "TMX 1.4b Specification", 2005).
  ///
  /// A unit gives a pair of its segments in the two languages of the layout: `en` is `en` or, where there is
  /// none, `en-US` or another `en`; case and `_` for `-` do not matter. Units without one of them are skipped and
  /// counted, as are those where it has no text, where it has two texts, and those with a character that XML does not
  /// allow. Native codes (`bpt`, `ept`, `it`, `ph`, `ut`, and `sub` in them) are left out, a line break among
  /// them is a space; the text of `hi` stays. White space is one space.
  ///
  /// - Complexity: linear in the length of the file, however many languages it has.
  mutating func readTMX(
    _ path: String, _ layout: CorpusLayout, _ summary: inout CorpusSummary
  ) throws(CorpusError) {
    var reader = try XMLReader(path: path)
    var languages = WantedLanguages(layout)
    var unit = TranslationUnit()
    var isRoot = true
    while let event = try reader.next() {
      switch event {
      case .start(let name, let attributes):
        if isRoot, name != "tmx" {
          throw reader.error("expected the element <tmx>, found <\(name)>. This is no TMX file.")
        }
        isRoot = false
        if name == "tu" {
          unit = TranslationUnit(line: reader.line, invalidBefore: reader.invalidCharacters)
        }
        if name == "tuv" {
          guard let language = attributes["xml:lang"] ?? attributes["lang"] else {
            throw reader.error("expected the attribute xml:lang in the tag <tuv>.")
          }
          unit.begin(language, languages.ranks(of: language))
        }
        unit.segment.start(name, attributes)
      case .text(let text):
        unit.segment.add(text)
      case .end(let name):
        if name == "seg" { unit.add() }
        unit.segment.end(name)
        if name == "tu" {
          add(unit, isClean: reader.invalidCharacters == unit.invalidBefore, reader.path, &summary)
        }
      }
    }
    try languages.check(reader.path)
    reader.finish(&summary)
  }

  private mutating func add(
    _ unit: TranslationUnit, isClean: Bool, _ path: String, _ summary: inout CorpusSummary
  ) {
    guard isClean else { return summary.skip(.invalidCharacter, path, line: unit.line) }
    let (source, target) = (unit.choice(\.source), unit.choice(\.target))
    for reason in [.missingLanguage, .missingSegment, .severalSegments] as [CorpusProblem.Kind]
    where source == .none(reason) || target == .none(reason) {
      return summary.skip(reason, path, line: unit.line)
    }
    guard case .text(let source) = source, case .text(let target) = target else { return }
    add(source[...], target[...], at: unit.line, of: path, &summary)
  }
}

/// The two languages that are read from a file, and those that it has.
private struct WantedLanguages {
  /// How well a code fits the source and the target.
  typealias Ranks = (source: Int, target: Int)

  private let wanted: [String]
  private var ranks: [String: Ranks] = [:]
  /// The codes of the file, in their order.
  private var found: [String] = []

  init(_ layout: CorpusLayout) { wanted = [layout.sourceKey, layout.targetKey] }

  /// How well a code fits; each is looked at once.
  mutating func ranks(of code: String) -> Ranks {
    if let known = ranks[code] { return known }
    let new = (
      source: LanguageCode.rank(code, for: wanted[0]),
      target: LanguageCode.rank(code, for: wanted[1])
    )
    ranks[code] = new
    found.append(code)
    return new
  }

  /// Refuses a file that never has one of the two languages.
  func check(_ path: String) throws(CorpusError) {
    let hasBoth =
      ranks.values.contains { $0.source > 0 } && ranks.values.contains { $0.target > 0 }
    guard hasBoth || found.isEmpty else {
      throw .missingLanguage(path: path, expected: wanted, found: found)
    }
  }
}

/// The element `tu`: a text in several languages, of which those are kept that may be wanted.
private struct TranslationUnit {
  /// A text, or why there is none.
  enum Choice: Equatable {
    case text([UInt8])
    case none(CorpusProblem.Kind)
  }

  /// A text in a language; `nil` for a `tuv` without `seg`.
  private struct Variant {
    let language: String
    let ranks: WantedLanguages.Ranks
    var text: [UInt8]?
  }

  var line = 0
  /// Characters that were not allowed before the unit began.
  var invalidBefore = 0
  var segment = Segment()
  private var variants: [Variant] = []
  private var isKept = false

  init(line: Int = 0, invalidBefore: Int = 0) {
    (self.line, self.invalidBefore) = (line, invalidBefore)
  }

  /// Begins the text in a language.
  mutating func begin(_ language: String, _ ranks: WantedLanguages.Ranks) {
    isKept = ranks.source > 0 || ranks.target > 0
    if isKept {
      variants.append(
        Variant(language: LanguageCode.plain(language), ranks: ranks, text: nil))
    }
  }

  /// Keeps the segment that ends.
  mutating func add() {
    guard isKept, !variants.isEmpty else { return }
    variants[variants.count - 1].text = segment.text.withSingleSpaces
  }

  /// The text in a language, as near as there is one; of several codes that say more, such as `en-US` and `en-GB`, the
  /// first that has a text counts.
  func choice(_ side: KeyPath<WantedLanguages.Ranks, Int>) -> Choice {
    let best = variants.map { $0.ranks[keyPath: side] }.max() ?? 0
    guard best > 0 else { return .none(.missingLanguage) }
    let nearest = variants.filter { $0.ranks[keyPath: side] == best }
    guard let first = nearest.first(where: { $0.text != nil }), let text = first.text else {
      return .none(.missingSegment)
    }
    let others = nearest.filter { $0.language == first.language && $0.text != nil }
    return others.allSatisfy { $0.text == text } ? .text(text) : .none(.severalSegments)
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
