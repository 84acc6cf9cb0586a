/// One English sentence with its translations.
struct Entry: Sendable {
  /// The number of its template; one more than the last for a phrase.
  let template: Int
  let texts: [String]
  /// The words of each language with what they were made from; none of phrases.
  var words: [[MarkedWord]] = []
  var english: String { texts[0] }
}

/// The three parts of a data set.
enum Part: String, CaseIterable, Sendable {
  case train, validation, test
}

/// The phrasebook: every sentence drawn, and its division into train, validation and test.
struct Phrasebook {
  let templates: [Template]
  private(set) var parts: [Part: [Entry]] = [:]

  /// Fewest training sentences that must hold every word of a held-out sentence.
  static let wordFloor = 8
  /// English words per sentence of a template.
  static let lengths = 3...14
  /// Share of a template's sentences in validation, and again in test.
  private static let heldOutShare = 0.038

  init() {
    let lexicon = Lexicon()
    let tables = [
      peopleTemplates, foodTemplates, townTemplates, thingTemplates, homeTemplates, lifeTemplates,
    ]
    templates = tables.flatMap { Template.parse($0, lexicon) }
    let entries = Self.draw(templates, lexicon)
    divide(entries)
    learnPhrases(besides: Set(entries.map(\.english)))
  }

  /// Draws from every template; a sentence that two templates give must mean the same in both.
  private static func draw(_ templates: [Template], _ lexicon: Lexicon) -> [Entry] {
    var (entries, known): ([Entry], [String: Int]) = ([], [:])
    for (index, template) in templates.enumerated() {
      for sentence in template.draw(lexicon) {
        let words = sentence.map { $0 ?? [] }
        let entry = Entry(template: index, texts: words.map(\.line), words: words)
        if !lengths.contains(entry.english.words.count) { continue }
        if let other = known[entry.english] {
          if entries[other].texts != entry.texts {
            fail("two translations: \(entries[other].texts) and \(entry.texts)")
          }
          continue
        }
        known[entry.english] = entries.count
        entries.append(entry)
      }
    }
    return entries
  }

  /// Holds sentences out whose translations are unique and whose words train has often enough.
  private mutating func divide(_ entries: [Entry]) {
    var (targets, counts): ([String: Int], [[String: Int]]) = ([:], [[:], [:], [:]])
    for entry in entries {
      for language in 1...2 { targets[entry.texts[language], default: 0] += 1 }
      for (language, text) in entry.texts.enumerated() {
        for word in Set(wordTypes(of: text)) { counts[language][word, default: 0] += 1 }
      }
    }
    var random = Random("phrasebook")
    for index in templates.indices {
      var own = entries.filter { $0.template == index }
      random.shuffle(&own)
      let quota = own.count < 16 ? 0 : max(1, Int(Double(own.count) * Self.heldOutShare + 0.5))
      var taken = 0
      for entry in own {
        let unique = (1...2).allSatisfy { targets[entry.texts[$0]] == 1 }
        let types = entry.texts.map { Set(wordTypes(of: $0)) }
        let common = types.indices.allSatisfy { language in
          types[language].allSatisfy { counts[language][$0, default: 0] > Self.wordFloor }
        }
        guard taken < 2 * quota, unique, common else {
          parts[.train, default: []].append(entry)
          continue
        }
        for language in types.indices {
          for word in types[language] { counts[language][word, default: 0] -= 1 }
        }
        parts[taken % 2 == 0 ? .test : .validation, default: []].append(entry)
        taken += 1
      }
    }
    for part in Part.allCases { random.shuffle(&parts[part, default: []]) }
  }

  /// Adds the phrases to train, behind what the templates give, which they leave as it is.
  private mutating func learnPhrases(besides known: Set<String>) {
    for (english, french, vietnamese) in shortPhrases {
      if known.contains(english) { fail("a template gives the phrase '\(english)' as well") }
      parts[.train, default: []].append(
        Entry(template: templates.count, texts: [english, french, vietnamese]))
    }
  }

  /// The lines of a part for a language pair.
  func lines(_ part: Part, _ language: Language) -> [String] {
    (parts[part] ?? []).map { $0.english + "\t" + $0.texts[language.rawValue] }
  }
}
