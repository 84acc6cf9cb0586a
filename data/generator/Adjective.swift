/// An adjective.
struct Adjective: Word {
  let key: String
  let comparative: String
  /// Stands before its French noun.
  let precedes: Bool
  private let frenchForms: [String]
  let vietnamese: String

  var english: String { key }

  /// Reads `new/newer | b nouveau nouvelle nouveaux nouvel | mới`.
  ///
  /// The French forms are masculine, feminine, masculine plural and masculine before a vowel; what
  /// is missing follows the rule, and "=" marks an invariable phrase.
  init(_ row: [String]) {
    let names = row[0].parts("/")
    key = names[0]
    comparative = names.count > 1 ? names[1] : "more " + names[0]
    precedes = row[1].hasPrefix("b ")
    let forms = String(row[1].dropFirst(2))
    frenchForms = French.adjective(forms.hasPrefix("=") ? [forms] : forms.words)
    vietnamese = row[2]
  }

  /// The French form for a gender and number, with regard to the word after it.
  func french(_ gender: Gender, plural: Bool, before noun: String?) -> String {
    if gender == .masculine, !plural, precedes, let noun, French.beginsWithVowel(noun) {
      return frenchForms[4]
    }
    return frenchForms[(gender == .feminine ? 1 : 0) + (plural ? 2 : 0)]
  }

  /// The words of all forms that stand with a noun.
  func words(in language: Language) -> Set<String> {
    switch language {
    case .english: Set((key + " " + comparative).words)
    case .french: Set(frenchForms.flatMap(\.words))
    case .vietnamese: Set(vietnamese.words)
    }
  }

  func text(_ request: Request, in language: Language) -> String? {
    let traits = request.traits ?? traits
    let french = french(traits.gender, plural: traits.isPlural, before: nil)
    switch (request.form, language) {
    case ("", .english): return key
    case ("", .french): return french
    case ("", .vietnamese): return vietnamese
    case ("plural", .english): return English.plural(key)
    case ("more", .english): return comparative
    case ("more", .french): return "plus " + french
    case ("more", .vietnamese): return vietnamese + " hơn"
    default: return nil
    }
  }
}
