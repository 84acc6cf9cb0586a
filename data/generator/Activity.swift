/// A verb with what completes it: "watch television", "regarder la télévision", "xem ti vi".
struct Activity: Word {
  let key: String
  private let englishVerb: String
  private let englishRest: String
  private let frenchVerb: String
  private let frenchRest: String
  private let vietnamese: String

  /// Reads `drink coffee | boire ~du café | uống cà phê`; "~" marks what becomes "de" when denied.
  init(_ row: [String]) {
    key = row[0]
    (englishVerb, englishRest) = Self.split(row[0])
    (frenchVerb, frenchRest) = Self.split(row[1])
    vietnamese = row[2]
  }

  /// A bare verb of one language, as templates name it.
  init(verb: String, _ language: Language) {
    self.init(language == .english ? [verb, verb, verb] : [verb, verb, verb])
  }

  private static func split(_ text: String) -> (String, String) {
    let words = text.words
    let length = words[0] == "se" ? 2 : 1
    return (
      words.prefix(length).joined(separator: " "),
      words.dropFirst(length).joined(separator: " ")
    )
  }

  func text(_ request: Request, in language: Language) -> String? {
    let traits = request.traits
    var form = request.form
    if form.isEmpty { form = traits == nil ? "base" : "present" }
    switch language {
    case .vietnamese: return request.form.isEmpty ? vietnamese : nil
    case .french: return French.conjugate(frenchVerb, frenchRest, form, traits)
    case .english:
      if form == "rest" { return englishRest }
      let verb = English.conjugate(englishVerb, form, traits?.pronoun.englishColumn)
      return verb.map { $0 + " " + englishRest }
    }
  }
}
