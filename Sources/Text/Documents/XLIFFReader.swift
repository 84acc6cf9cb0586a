extension ParallelCorpus {
  /// Reads the units of an XLIFF file, version 1.2 or 2.x (OASIS standards of 2008, 2014 and 2018).
  ///
  /// A unit of 1.2 gives the pair of its `source` and `target`, a unit of 2.x one for each `segment`; suggestions
  /// (`alt-trans`, `mtc:match`) are ignored. Where the file's languages are the layout's the other way round, the sides
  /// are exchanged; files in other languages are skipped and counted. So are targets that are missing or of the states
  /// `new`, `needs-translation` and `initial`, as untranslated, and those of other states that begin with `needs-`, as
  /// fuzzy. Of native codes, text in `g`, `pc` and `mrk` stays. White space is one space.
  mutating func readXLIFF(
    _ path: String, _ layout: CorpusLayout, _ summary: inout CorpusSummary
  ) throws(CorpusError) {
    var reader = try XMLReader(path: path)
    var state = XLIFFState()
    var languages: Set<String> = []
    var foundNone = true
    while let event = try reader.next() {
      switch event {
      case .start(let name, let attributes):
        if state.path.isEmpty, XLIFFState.plain(name) != "xliff" {
          throw reader.error(
            "expected the element <xliff>, found <\(name)>. This is no XLIFF file.")
        }
        state.start(name, attributes, line: reader.line, reader.invalidCharacters)
        languages.formUnion(state.languages)
      case .text(let text): state.add(text)
      case .end(let name):
        guard let unit = state.end(name, reader.invalidCharacters) else { continue }
        if add(unit, state.direction(layout), reader.path, &summary) { foundNone = false }
      }
    }
    let wanted = [layout.sourceKey, layout.targetKey]
    guard !foundNone || summary.skips[.missingLanguage] == nil else {
      throw .missingLanguage(path: reader.path, expected: wanted, found: languages.sorted())
    }
    summary.declaredLanguages = .init(
      source: state.firstLanguages.source, target: state.firstLanguages.target)
    reader.finish(&summary)
  }

  /// Adds a unit, or counts it; whether it is in the right languages.
  private mutating func add(
    _ unit: XLIFFUnit, _ direction: XLIFFState.Direction, _ path: String,
    _ summary: inout CorpusSummary
  ) -> Bool {
    guard direction != .other else {
      summary.skip(.missingLanguage, path, line: unit.line)
      return false
    }
    let source = unit.source.withSingleSpaces[...]
    if unit.hasInvalidCharacter {
      summary.skip(.invalidCharacter, path, line: unit.line)
    } else if let reason = unit.reason {
      summary.skip(reason, path, line: unit.line)
    } else {
      let target = (unit.target ?? []).withSingleSpaces[...]
      let sides = direction == .forward ? (source, target) : (target, source)
      add(sides.0, sides.1, at: unit.line, of: path, &summary)
    }
    return true
  }
}

/// A text and its translation in an XLIFF file.
private struct XLIFFUnit {
  /// The line of its tag.
  var line = 0
  var source: [UInt8] = []
  /// `nil` where there is no `target`.
  var target: [UInt8]?
  var state = ""
  var hasInvalidCharacter = false

  /// Why it is left out.
  var reason: CorpusProblem.Kind? {
    if target?.withSingleSpaces.isEmpty ?? true { return .untranslated }
    if ["new", "needs-translation", "initial"].contains(state) { return .untranslated }
    return state.hasPrefix("needs-") ? .fuzzy : nil
  }
}

/// Where the reading of an XLIFF file stands.
private struct XLIFFState {
  enum Direction { case forward, back, other }

  /// The elements that are open, without the prefixes of their names.
  private(set) var path: [String] = []
  private var sourceLanguage: String?
  private var targetLanguage: String?
  private var unit = XLIFFUnit()
  /// Characters that were not allowed before the unit began.
  private var invalidBefore = 0
  /// Which text is being read.
  private var side: Side?
  /// How many elements are open whose text is not text of the side.
  private var hidden = 0

  private enum Side { case source, target }

  /// Elements in a text that hold native codes.
  private static let codes: Set<String> = [
    "ph", "it", "bpt", "ept", "sub", "x", "bx", "ex", "sc", "ec", "cp", "sm", "em",
  ]

  /// The languages that the file names.
  var languages: [String] { [sourceLanguage, targetLanguage].compactMap(\.self) }

  /// Those that were named first.
  private(set) var firstLanguages: (source: String?, target: String?)

  /// A name without its prefix.
  static func plain(_ name: String) -> String {
    String(name.split(separator: ":").last ?? "")
  }

  mutating func start(
    _ name: String, _ attributes: [String: String], line: Int, _ invalidCharacters: Int
  ) {
    let name = Self.plain(name)
    let parent = path.last
    path.append(name)
    switch (name, parent) {
    case ("xliff", nil):
      (sourceLanguage, targetLanguage) = (attributes["srcLang"], attributes["trgLang"])
    case ("file", _):
      sourceLanguage = attributes["source-language"] ?? sourceLanguage
      targetLanguage = attributes["target-language"] ?? targetLanguage
      if firstLanguages.target == nil { firstLanguages = (sourceLanguage, targetLanguage) }
    case ("trans-unit", _), ("segment", "unit"):
      unit = XLIFFUnit(line: line, state: attributes["state"] ?? "")
      invalidBefore = invalidCharacters
    case ("source", "trans-unit"), ("source", "segment"): (side, hidden) = (.source, 0)
    case ("target", "trans-unit"), ("target", "segment"):
      (side, hidden) = (.target, 0)
      unit.target = []
      if let state = attributes["state"] { unit.state = state }
    default: if side != nil, Self.codes.contains(name) { hidden += 1 }
    }
  }

  mutating func add(_ text: [UInt8]) {
    guard hidden == 0, let side else { return }
    switch side {
    case .source: unit.source += text
    case .target: unit.target = (unit.target ?? []) + text
    }
  }

  /// Closes an element; gives the unit that ends with it.
  mutating func end(_ name: String, _ invalidCharacters: Int) -> XLIFFUnit? {
    let name = Self.plain(name)
    path.removeLast()
    switch (name, path.last) {
    case ("source", "trans-unit"), ("source", "segment"), ("target", "trans-unit"),
      ("target", "segment"):
      side = nil
    case ("trans-unit", _), ("segment", "unit"):
      unit.hasInvalidCharacter = invalidCharacters > invalidBefore
      return unit
    default: if side != nil, Self.codes.contains(name) { hidden -= 1 }
    }
    return nil
  }

  /// How the file's languages go with those that are wanted; a language that is not named goes with all.
  func direction(_ layout: CorpusLayout) -> Direction {
    func fits(_ code: String?, _ wanted: String, _ unnamed: String) -> Bool {
      guard let code, wanted != unnamed else { return true }
      return LanguageCode.rank(code, for: wanted) > 0 || LanguageCode.rank(wanted, for: code) > 0
    }
    let (source, target) = (layout.sourceKey, layout.targetKey)
    if fits(sourceLanguage, source, "source"), fits(targetLanguage, target, "target") {
      return .forward
    }
    let isBack = fits(sourceLanguage, target, "target") && fits(targetLanguage, source, "source")
    return isBack ? .back : .other
  }
}
