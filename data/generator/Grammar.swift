/// A language of the phrasebook.
enum Language: Int, CaseIterable, Sendable {
  case english, french, vietnamese
}

/// Grammatical gender; masculine where English leaves it open.
enum Gender: Sendable {
  case masculine, feminine
}

/// The six pronouns, as the English words.
enum Pronoun: Int, CaseIterable, Sendable {
  case i, you, he, she, we, they

  /// Column of a French present tense: je, il, nous, vous, ils.
  var frenchColumn: Int { [0, 3, 1, 1, 2, 4][rawValue] }

  /// Column of an English present tense: I, he, we.
  var englishColumn: Int { [0, 2, 1, 1, 2, 2][rawValue] }

  /// Gender for agreement; "I", "you", "we" and "they" count as masculine.
  var gender: Gender { self == .she ? .feminine : .masculine }

  /// Number for agreement; "you" is one person, politely addressed.
  var isPlural: Bool { self == .we || self == .they }

  /// As subject.
  func subject(_ language: Language) -> String {
    switch language {
    case .english: ["I", "you", "he", "she", "we", "they"][rawValue]
    case .french: ["je", "vous", "il", "elle", "nous", "ils"][rawValue]
    case .vietnamese: ["tôi", "bạn", "anh ấy", "cô ấy", "chúng tôi", "họ"][rawValue]
    }
  }

  /// After a preposition.
  func object(_ language: Language) -> String {
    switch language {
    case .english: ["me", "you", "him", "her", "us", "them"][rawValue]
    case .french: ["moi", "vous", "lui", "elle", "nous", "eux"][rawValue]
    case .vietnamese: subject(.vietnamese)
    }
  }

  /// The French direct object before its verb.
  var direct: String { ["me", "vous", "le", "la", "nous", "les"][rawValue] }

  /// The French indirect object before its verb.
  var indirect: String { ["me", "vous", "lui", "lui", "nous", "leur"][rawValue] }

  /// The French reflexive pronoun.
  var reflexive: String { ["me", "vous", "se", "se", "nous", "se"][rawValue] }

  /// English possessive.
  var possessive: String { ["my", "your", "his", "her", "our", "their"][rawValue] }

  /// French possessive for a noun that begins with a consonant.
  func frenchPossessive(_ gender: Gender, plural: Bool) -> String {
    if plural { return ["mes", "vos", "ses", "ses", "nos", "leurs"][rawValue] }
    return gender == .masculine
      ? ["mon", "votre", "son", "son", "notre", "leur"][rawValue]
      : ["ma", "votre", "sa", "sa", "notre", "leur"][rawValue]
  }
}

/// What other words agree with: the pronoun that could stand in, and gender and number.
struct Traits: Sendable {
  var pronoun: Pronoun
  var gender: Gender
  var isPlural: Bool
}

/// What a template asks of a word: `{head.form@other~adjective}`.
struct Request {
  var form = ""
  /// The word after "@", to agree with or to belong to.
  var other: (any Word)?
  /// `@N+`: agree with the plural of the other word.
  var otherPlural = false
  /// The adjective after "~".
  var adjective: Adjective?

  /// Traits of the other word, plural if so asked.
  var traits: Traits? {
    guard var traits = other?.traits else { return nil }
    if otherPlural {
      traits.isPlural = true
      traits.pronoun = .they
    }
    return traits
  }
}

/// An entry of the lexicon.
protocol Word: Sendable {
  /// The English word, by which `#key` finds it.
  var key: String { get }
  /// What verbs and adjectives agree with.
  var traits: Traits { get }
  /// The text of a form, or nil where there is no such form.
  func text(_ request: Request, in language: Language) -> String?
}

extension Word {
  var traits: Traits { Traits(pronoun: .he, gender: .masculine, isPlural: false) }
}

/// Ends the run with a message: a mistake in the templates or the lexicon.
func fail(_ message: String) -> Never {
  standardError(message)
  quit(1)
}
