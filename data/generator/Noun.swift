/// A noun; without an English plural it is a mass noun, such as "milk".
struct Noun: Word {
  let key: String
  let plural: String?
  let gender: Gender
  let french: String
  let frenchPlural: String
  let classifier: String
  let vietnamese: String
  /// A person named by kinship: "mẹ tôi", but "mẹ của bạn".
  let isKin: Bool
  /// A person, whose classifier stands only where persons are counted.
  let isPerson: Bool

  var traits: Traits {
    Traits(
      pronoun: gender == .feminine ? .she : .he, gender: gender, isPlural: false)
  }

  /// Reads `bus/buses | m bus | chiếc/xe buýt`.
  init(_ row: [String], tags: [String]) {
    let english = row[0].parts("/")
    key = english[0]
    plural =
      tags.contains("mass") ? nil : english.count > 1 ? english[1] : English.plural(english[0])
    gender = row[1].hasPrefix("f ") ? .feminine : .masculine
    let forms = row[1].dropFirst(2).parts("/")
    french = forms[0]
    frenchPlural = forms.count > 1 ? forms[1] : French.plural(forms[0])
    let parts = row[2].parts("/")
    classifier = parts.count > 1 ? parts[0] : ""
    vietnamese = parts.last ?? ""
    isKin = tags.contains("kin")
    isPerson = isKin || tags.contains("fellow")
  }

  func text(_ request: Request, in language: Language) -> String? {
    switch language {
    case .english: englishText(request)
    case .french: frenchText(request)
    case .vietnamese: vietnameseText(request)
    }
  }

  private func englishText(_ request: Request) -> String? {
    let adjective = request.adjective.map { $0.english + " " } ?? ""
    let one = adjective + key
    let many = adjective + (plural ?? key)
    switch request.form {
    case "a": return "a " + one
    case "the": return "the " + one
    case "this": return "this " + one
    case "which": return "which " + one
    case "bare": return one
    case "some", "any": return request.form + " " + many
    case "plural", "generic": return many
    case "thePlural": return "the " + many
    case "these": return "these " + many
    case "my", "own": return owner(request) + " " + one
    case "myPlural": return owner(request) + " " + many
    case "favourite": return owner(request) + " favourite " + one
    case "bigger": return "a " + (request.adjective?.comparative ?? "") + " " + key
    default: return nil
    }
  }

  /// "my", "his"; "my brother's" where a person is named and the noun is not the person's "own".
  private func owner(_ request: Request) -> String {
    guard let other = request.other else { return "?" }
    if let person = other as? Person, !person.isPronoun, request.form != "own" {
      return person.english + "'s"
    }
    return other.traits.pronoun.possessive
  }

  private func frenchText(_ request: Request) -> String? {
    let adjective = request.adjective
    func phrase(_ plural: Bool) -> String {
      let noun = plural ? frenchPlural : french
      guard let adjective else { return noun }
      let form = adjective.french(gender, plural: plural, before: plural ? nil : french)
      return adjective.precedes ? "\(form) \(noun)" : "\(noun) \(form)"
    }
    let feminine = gender == .feminine
    let (one, many) = (phrase(false), phrase(true))
    let vowel = French.beginsWithVowel(one)
    switch request.form {
    case "a": return (feminine ? "une " : "un ") + one
    case "the": return (feminine ? "la " : "le ") + one
    case "this": return (feminine ? "cette " : vowel ? "cet " : "ce ") + one
    case "which": return (feminine ? "quelle " : "quel ") + one
    case "thatOf": return feminine ? "celle" : "celui"
    case "favourite":
      let favourite = one + (feminine ? " préférée" : " préféré")
      if let person = request.other as? Person, !person.isPronoun {
        return (feminine ? "la " : "le ") + favourite + " de " + person.french
      }
      guard let pronoun = request.other?.traits.pronoun else { return nil }
      return pronoun.frenchPossessive(gender, plural: false) + " " + favourite
    case "ofAll": return "de les " + many
    case "closest": return (feminine ? "la" : "le") + " plus proche"
    case "bare": return one
    case "plural": return plural == nil ? one : many
    case "no": return "de " + (plural == nil ? one : many)
    case "noOne": return "de " + one
    case "thePlural": return "les " + many
    case "these": return "ces " + many
    case "generic":
      return plural == nil ? (feminine ? "la " : "le ") + one : "les " + many
    case "some":
      if plural == nil { return (feminine ? "de la " : "de le ") + one }
      return (adjective?.precedes == true ? "de " : "des ") + many
    case "my", "own", "myPlural":
      guard let other = request.other else { return nil }
      let plural = request.form == "myPlural"
      if let person = other as? Person, !person.isPronoun, request.form != "own" {
        let article = plural ? "les " : feminine ? "la " : "le "
        return article + (plural ? many : one) + " de " + person.french
      }
      let owner = other.traits.pronoun
      let agreement: Gender = feminine && !vowel ? .feminine : .masculine
      return owner.frenchPossessive(agreement, plural: plural) + " " + (plural ? many : one)
    default: return nil
    }
  }

  private func vietnameseText(_ request: Request) -> String? {
    let adjective = request.adjective.map { " " + $0.vietnamese } ?? ""
    let full = (classifier.isEmpty || isPerson ? "" : classifier + " ") + vietnamese + adjective
    let counted = (classifier.isEmpty ? "" : classifier + " ") + vietnamese + adjective
    switch request.form {
    case "a": return "một " + counted
    case "the": return full
    case "plural": return counted
    case "this": return full + " này"
    case "which": return full + " nào"
    case "bare", "generic": return vietnamese + adjective
    case "some": return (plural == nil ? "một ít " : "vài ") + counted
    case "thePlural": return "những " + counted
    case "these": return "những " + counted + " này"
    case "own": return full + " của mình"
    case "favourite":
      let owner = (request.other as? Person)?.vietnamese ?? "tôi"
      return full + " yêu thích của " + owner
    case "my", "myPlural":
      guard let other = request.other else { return nil }
      let many = request.form == "myPlural" ? "những " : ""
      let name = (other as? Person)?.vietnamese ?? other.traits.pronoun.subject(.vietnamese)
      if isKin, name == "tôi" { return many + full + " tôi" }
      return many + full + " của " + name
    default: return nil
    }
  }
}
