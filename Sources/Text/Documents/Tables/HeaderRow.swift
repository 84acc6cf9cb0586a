/// The first row of a table, where it names the columns.
enum HeaderRow {
  /// Whether the two sides of what would be a pair name their columns: `source` and `target`, `en` and `fr`.
  ///
  /// Many codes are words, too, such as `be` and `is`: two codes count if they are those of the layout, or if one is
  /// that of English.
  static func isHeader(
    _ source: ArraySlice<UInt8>, _ target: ArraySlice<UInt8>, _ layout: CorpusLayout
  ) -> Bool {
    guard source.count <= 40, target.count <= 40, source != target else { return false }
    let cells = (String(decoding: source, as: UTF8.self), String(decoding: target, as: UTF8.self))
    guard languages(source, target) != nil else { return isName(cells.0) && isName(cells.1) }
    let isStated =
      LanguageCode.plain(cells.0) == LanguageCode.plain(layout.sourceKey)
      && LanguageCode.plain(cells.1) == LanguageCode.plain(layout.targetKey)
    return isStated
      || [cells.0, cells.1].contains { ["en", "eng", "enus", "engb"].contains(root(of: $0)) }
  }

  /// The languages that the names of two columns are codes of; `nil` if one is none.
  static func languages(
    _ source: ArraySlice<UInt8>, _ target: ArraySlice<UInt8>
  ) -> (source: String, target: String)? {
    let names = (String(decoding: source, as: UTF8.self), String(decoding: target, as: UTF8.self))
    return codes.contains(root(of: names.0)) && codes.contains(root(of: names.1)) ? names : nil
  }

  /// The columns, counted from 1, that the row calls source and target.
  static func sides(of cells: [String], among columns: [Int]) -> (source: Int, target: Int)? {
    func column(_ names: Set<String>) -> Int? {
      columns.first { $0 <= cells.count && names.contains(root(of: cells[$0 - 1])) }
    }
    guard let source = column(sources), let target = column(targets) else { return nil }
    return (source, target)
  }

  private static func isName(_ cell: String) -> Bool {
    let root = root(of: cell)
    return sources.contains(root) || targets.contains(root) || others.contains(root)
      || codes.contains(root) || languages.contains(root)
  }

  /// A name in small letters without signs, and without what says that a text is one.
  private static func root(of cell: String) -> String {
    let plain = String(cell.lowercased().filter { $0.isLetter || $0.isNumber })
    for ending in ["string", "text", "sentence", "segment", "phrase", "language", "lang"]
    where plain.hasSuffix(ending) && plain.count > ending.count {
      return String(plain.dropLast(ending.count))
    }
    return plain
  }

  private static let sources: Set<String> = ["source", "src", "original", "input", "question"]
  private static let targets: Set<String> = [
    "target", "tgt", "trg", "translation", "translated", "output", "reference", "answer",
  ]
  private static let others: Set<String> = [
    "sentence", "text", "label", "class", "category", "id", "key", "word", "lemma", "form",
    "phonemes",
    "phones", "pronunciation", "ipa", "sentence1", "sentence2", "sentenceid", "stringid", "comment",
    "notes", "image", "file", "caption",
  ]

  /// ISO 639-1, and codes of three letters that corpora use.
  private static let codes = Set(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee \
    el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is \
    it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms \
    mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk \
    sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi \
    yo za zh zu eng fra fre deu ger spa por ita nld dut rus ukr pol ces cze slk ron rum hun fin swe nor nob dan \
    ell gre tur ara heb hin ben cmn zho chi jpn kor vie tha ind msa epo lat cat eus glg hrv srp slv bul lit lav \
    est fas per urd swa enus engb frfr frca dede eses ptbr ptpt zhcn zhtw
    """.split(separator: " ").map(String.init))

  /// Their names in English.
  private static let languages = Set(
    """
    english french german spanish portuguese italian dutch russian ukrainian polish czech slovak romanian \
    hungarian finnish swedish norwegian danish icelandic greek turkish arabic hebrew hindi bengali chinese \
    mandarin japanese korean vietnamese thai indonesian malay esperanto latin catalan basque galician croatian \
    serbian slovenian bulgarian lithuanian latvian estonian persian farsi urdu swahili irish welsh breton
    """.split(separator: " ").map(String.init))
}
