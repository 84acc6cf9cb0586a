/// French inflection, elision and contraction.
enum French {
  private struct Verb {
    var present: [String]
    var participle: String
    var auxiliary: String
  }

  private static let table: [String: Verb] = {
    var table: [String: Verb] = [:]
    for row in rows(of: frenchVerbs, fields: 4) {
      let present = row[1].words
      if present.count != 5 { fail("lexicon: expected five persons: \(row)") }
      table[row[0]] = Verb(present: present, participle: row[2], auxiliary: row[3])
    }
    return table
  }()

  private static let conditional: [String: String] = [
    "vouloir": "voudr", "pouvoir": "pourr", "devoir": "devr", "aimer": "aimer",
  ]

  /// True for a verb that the table or the -er rule knows.
  static func isVerb(_ word: String) -> Bool {
    table[word] != nil || ["er", "ir", "re"].contains(where: word.hasSuffix)
  }

  private static func verb(_ infinitive: String) -> Verb {
    if let known = table[infinitive] { return known }
    guard infinitive.hasSuffix("er") else { fail("no conjugation of '\(infinitive)'") }
    let stem = String(infinitive.dropLast(2))
    let soft =
      stem.hasSuffix("g") ? stem + "e" : stem.hasSuffix("c") ? stem.dropLast() + "ç" : stem
    return Verb(
      present: [stem + "e", stem + "e", soft + "ons", stem + "ez", stem + "ent"],
      participle: stem + "é", auxiliary: "avoir")
  }

  /// A form of a verb with its complement, which stands without "~" or, denied, with "de".
  static func conjugate(
    _ infinitive: String, _ complement: String, _ form: String, _ traits: Traits?
  ) -> String? {
    var name = infinitive
    var clitic = ""
    for prefix in ["se ", "s'"] where name.hasPrefix(prefix) {
      name = String(name.dropFirst(prefix.count))
      clitic = (traits?.pronoun ?? .he).reflexive + " "
    }
    let verb = verb(name)
    let column = (traits?.pronoun ?? .he).frenchColumn
    let rest = affirmed(complement)
    let denied = denied(complement)
    let auxiliary = clitic.isEmpty ? verb.auxiliary : "être"
    let participle =
      auxiliary == "être" ? agreed(verb.participle, traits) : verb.participle
    let helper = Self.verb(auxiliary).present[column]
    let going = Self.verb("aller").present[column]
    switch form {
    case "base": return "\(clitic)\(name) \(rest)"
    case "baseNot": return "\(clitic)\(name) \(denied)"
    case "present": return "\(clitic)\(verb.present[column]) \(rest)"
    case "verb": return "\(clitic)\(verb.present[column])"
    case "rest": return rest
    case "not": return "ne \(clitic)\(verb.present[column]) pas \(denied)"
    case "never": return "ne \(clitic)\(verb.present[column]) jamais \(denied)"
    case "past": return "\(clitic)\(helper) \(participle) \(rest)"
    case "pastNot": return "ne \(clitic)\(helper) pas \(participle) \(denied)"
    case "pastNever": return "ne \(clitic)\(helper) jamais \(participle) \(denied)"
    case "pastEver": return "\(clitic)\(helper) déjà \(participle) \(rest)"
    case "future": return "\(going) \(clitic)\(name) \(rest)"
    case "futureNot": return "ne \(going) pas \(clitic)\(name) \(denied)"
    case "imperative":
      return clitic.isEmpty
        ? "\(verb.present[3]) \(rest)" : "\(verb.present[3])-vous \(rest)"
    case "conditional":
      guard let stem = conditional[name] else { return nil }
      return stem + ["ais", "ait", "ions", "iez", "aient"][column]
    default: return nil
    }
  }

  private static func affirmed(_ complement: String) -> String {
    complement.hasPrefix("~") ? String(complement.dropFirst()) : complement
  }

  /// "~du café" becomes "de café".
  private static func denied(_ complement: String) -> String {
    for article in ["~de la ", "~de l'", "~des ", "~du ", "~une ", "~un "]
    where complement.hasPrefix(article) {
      return "de " + complement.dropFirst(article.count)
    }
    return affirmed(complement)
  }

  /// A regular participle or adjective in the right gender and number.
  static func agreed(_ masculine: String, _ traits: Traits?) -> String {
    let forms = adjective([masculine])
    guard let traits else { return forms[0] }
    return forms[(traits.gender == .feminine ? 1 : 0) + (traits.isPlural ? 2 : 0)]
  }

  /// Masculine, feminine and their plurals, and masculine before a vowel, from what is given.
  static func adjective(_ given: [String]) -> [String] {
    let masculine = given[0]
    if masculine.hasPrefix("=") {
      let invariable = String(masculine.dropFirst())
      return Array(repeating: invariable, count: 5)
    }
    let feminine = given.count > 1 ? given[1] : masculine.last == "e" ? masculine : masculine + "e"
    let plural = given.count > 2 ? given[2] : plural(masculine)
    return [masculine, feminine, plural, feminine + "s", given.count > 3 ? given[3] : masculine]
  }

  /// The plural by rule.
  static func plural(_ word: String) -> String {
    if let last = word.last, "sxz".contains(last) { return word }
    if word.hasSuffix("eau") { return word + "x" }
    if word.hasSuffix("al") { return word.dropLast() + "ux" }
    return word + "s"
  }

  /// Whether a word begins with a vowel or a mute h.
  static func beginsWithVowel(_ word: String) -> Bool {
    let word = word.lowercased()
    let aspirated = ["huit", "onze", "hanoï", "hué", "haut", "hamburger", "haricot"]
    if aspirated.contains(where: word.hasPrefix) { return false }
    return word.first.map { "aàâeéèêiîoôuûhœ".contains($0) } ?? false
  }

  /// Elision (je ai → j'ai) and contraction (à le → au), from the last word to the first.
  static func polished(_ words: [MarkedWord]) -> [MarkedWord] {
    var words = words
    var i = words.count - 2
    while i >= 0 {
      let (word, next) = (words[i].text.lowercased(), words[i + 1].text)
      let elided = words[i].text.dropLast() + "'" + next
      var joined: String?
      switch (word, next) {
      case ("de", "le"): joined = "du"
      case ("de", "les"): joined = "des"
      case ("à", "le"): joined = "au"
      case ("à", "les"): joined = "aux"
      case ("si", "il"), ("si", "ils"): joined = elided
      default:
        let short = ["je", "me", "se", "le", "la", "ne", "de", "que", "jusque"].contains(word)
        if short, beginsWithVowel(next) { joined = elided }
      }
      if let joined {
        words[i].text = joined
        words[i].parts += words.remove(at: i + 1).parts
      }
      i -= 1
    }
    return words
  }
}
