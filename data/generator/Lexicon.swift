/// All words of the templates, by list.
struct Lexicon: Sendable {
  private var lists: [String: [any Word]] = [:]

  /// Reads the tables.
  init() {
    for row in rows(of: nouns, fields: 4) {
      let tags = row[0].words
      add(Noun(Array(row[1...]), tags: tags), tags)
    }
    for row in rows(of: adjectives, fields: 4) { add(Adjective(Array(row[1...])), row[0].words) }
    for row in rows(of: activities, fields: 4) { add(Activity(Array(row[1...])), row[0].words) }
    for row in rows(of: phrases, fields: 4) { add(Phrase(Array(row[1...])), row[0].words) }
    for pronoun in Pronoun.allCases {
      let number = pronoun.isPlural ? "plural" : "single"
      // Twice in "anyone", since people mostly talk about themselves.
      let tags = ["pronoun", number, "anyone", "anyone"]
      let group = pronoun.isPlural ? ["adults"] : []
      add(
        Person(pronoun),
        tags + group + (pronoun == .i || pronoun == .we ? [] : ["yours", "asked", "asked"]))
    }
    for row in rows(of: people, fields: 4) {
      let tags = row[0].words
      let pronoun: Pronoun =
        tags.contains("she") ? .she : tags.contains("group") ? .they : .he
      let general =
        tags.contains("title") || tags.contains("who") ? [] : ["anyone", "other", "asked"]
      let number = general.isEmpty ? [] : [tags.contains("group") ? "plural" : "single"]
      add(Person(Array(row[1...]), pronoun), tags + general + number)
    }
    for (phrase, hour) in clockTimes() {
      let time = 6...10 ~= hour ? ["morning"] : hour <= 5 ? ["afternoon"] : []
      add(phrase, ["clock"] + time + (6...9 ~= hour ? ["evening"] : []))
    }
    for phrase in calendarDays() { add(phrase, ["calendar"]) }
  }

  private mutating func add(_ word: any Word, _ tags: [String]) {
    for tag in tags { lists[tag, default: []].append(word) }
  }

  /// Words of `list`, of `list+list` together, or the single word `list#key` ("_" for a space).
  func words(_ name: String) -> [any Word] {
    var result: [any Word] = []
    for part in name.parts("+") {
      let sides = part.parts("#")
      var words = lists[sides[0]] ?? []
      if sides.count == 2 {
        let key = String(sides[1].map { $0 == "_" ? " " : $0 })
        words = words.filter { $0.key == key }
      }
      if words.isEmpty { fail("no words in the list '\(part)'") }
      result += words
    }
    return result
  }

  /// A pronoun by its English name, for templates that speak of "I" or "you" only.
  func pronoun(_ name: String) -> (any Word)? {
    Pronoun.allCases.first { $0.subject(.english).lowercased() == name.lowercased() }.map {
      Person($0)
    }
  }
}
