/// A subject: a pronoun, a relative, a name.
struct Person: Word {
  let english: String
  let french: String
  let vietnamese: String
  let traits: Traits
  let isPronoun: Bool
  var key: String { english }

  init(_ pronoun: Pronoun) {
    english = pronoun.subject(.english)
    french = pronoun.subject(.french)
    vietnamese = pronoun.subject(.vietnamese)
    traits = Traits(pronoun: pronoun, gender: pronoun.gender, isPlural: pronoun.isPlural)
    isPronoun = true
  }

  /// Reads `my brother | mon frère | anh trai tôi`, with the pronoun that stands for the person.
  init(_ row: [String], _ pronoun: Pronoun) {
    (english, french, vietnamese) = (row[0], row[1], row[2])
    traits = Traits(pronoun: pronoun, gender: pronoun.gender, isPlural: pronoun.isPlural)
    isPronoun = false
  }

  func text(_ request: Request, in language: Language) -> String? {
    let pronoun = traits.pronoun
    switch (request.form, language) {
    case ("", .english): return english
    case ("", .french): return french
    case ("", .vietnamese): return vietnamese
    case ("object", _): return isPronoun ? pronoun.object(language) : subject(language)
    case ("pronoun", _): return pronoun.subject(language)
    case ("direct", .french): return isPronoun ? pronoun.direct : nil
    case ("indirect", .french): return isPronoun ? pronoun.indirect : nil
    case ("possessive", .english): return isPronoun ? pronoun.possessive : english + "'s"
    case ("own", .english): return pronoun.possessive
    default: return nil
    }
  }

  /// The words of the name.
  func words(in language: Language) -> Set<String> { Set(subject(language).words) }

  private func subject(_ language: Language) -> String {
    [english, french, vietnamese][language.rawValue]
  }
}

/// Fixed words in three languages, with numbered variants: `it rains / it rained`.
struct Phrase: Word {
  private let variants: [[String]]
  var key: String { variants[0][0] }

  init(_ row: [String]) {
    variants = row.map { $0.parts("/") }
  }

  func text(_ request: Request, in language: Language) -> String? {
    let variants = variants[language.rawValue]
    if request.form.isEmpty { return variants[0] }
    guard let number = Int(request.form) else { return nil }
    return number <= variants.count ? variants[number - 1] : variants[0]
  }
}
