/// English inflection.
enum English {
  private static let irregular: [String: [String]] = {
    var table: [String: [String]] = [:]
    for row in rows(of: englishVerbs, fields: 1) {
      let forms = row[0].words
      table[forms[0]] = forms
    }
    return table
  }()

  private static let modals: Set<String> = ["can", "must", "should", "would"]

  /// Third person, -ing form, past and participle of a verb.
  private static func forms(_ verb: String) -> [String] {
    if let known = irregular[verb] { return known }
    if modals.contains(verb) { return [verb, verb, verb, verb, verb] }
    let vowels = "aeiou"
    var (third, ing, past) = (verb + "s", verb + "ing", verb + "ed")
    let beforeLast = verb.dropLast().last ?? "a"
    if verb.last == "e" {
      ing = verb.dropLast() + "ing"
      past = verb + "d"
    } else if verb.last == "y", !vowels.contains(beforeLast) {
      third = verb.dropLast() + "ies"
      past = verb.dropLast() + "ied"
    } else if ["s", "x", "sh", "ch", "o"].contains(where: verb.hasSuffix) {
      third = verb + "es"
    }
    return [verb, third, ing, past, past]
  }

  /// A form of a verb; `column` is 0 for I, 1 for he, 2 for we.
  static func conjugate(_ verb: String, _ form: String, _ column: Int?) -> String? {
    let forms = forms(verb)
    let column = column ?? 2
    switch form {
    case "base": return verb
    case "ing": return forms[2]
    case "participle": return forms[4]
    case "past":
      return verb == "be" ? ["was", "was", "were"][column] : forms[3]
    case "present":
      if verb == "be" { return ["am", "is", "are"][column] }
      return column == 1 ? forms[1] : verb
    case "not":
      if verb == "be" { return ["am not", "isn't", "aren't"][column] }
      if verb == "can" { return "can't" }
      if modals.contains(verb) { return verb + "n't" }
      return (column == 1 ? "doesn't " : "don't ") + verb
    case "pastNot":
      if verb == "be" { return ["wasn't", "wasn't", "weren't"][column] }
      return "didn't " + verb
    default: return nil
    }
  }

  /// The plural by rule.
  static func plural(_ noun: String) -> String {
    if ["s", "x", "sh", "ch"].contains(where: noun.hasSuffix) { return noun + "es" }
    if noun.last == "y", let before = noun.dropLast().last, !"aeiou".contains(before) {
      return noun.dropLast() + "ies"
    }
    return noun + "s"
  }

  /// Turns "a" into "an" before a vowel that is heard.
  static func polished(_ words: [MarkedWord]) -> [MarkedWord] {
    var words = words
    for i in words.indices.dropLast() where words[i].text == "a" || words[i].text == "A" {
      let next = words[i + 1].text.lowercased()
      let silent = ["hour", "honest"].contains(where: next.hasPrefix)
      let consonant = ["uni", "use", "euro", "one"].contains(where: next.hasPrefix)
      if let first = next.first, silent || ("aeiou".contains(first) && !consonant) {
        words[i].text += "n"
      }
    }
    return words
  }
}
