/// A sentence with slots, in up to three languages.
struct Template: Sendable {
  /// One slot: its name in the sentences and the words it takes.
  struct Slot: Sendable {
    let name: String
    let list: String
    let words: [any Word]
  }

  let name: String
  let slots: [Slot]
  /// Most sentences to draw from this template.
  let limit: Int
  /// A sentence per language, nil where the template has none.
  let sentences: [String?]

  /// Reads templates: a head `@ name X=list Y=list x80`, then a line per language ("-" for none).
  static func parse(_ text: String, _ lexicon: Lexicon) -> [Template] {
    var blocks: [[String]] = []
    for line in text.split(separator: "\n").map(\.trimmed) where !line.isEmpty {
      if line.hasPrefix("@ ") {
        blocks.append([line])
      } else if !line.hasPrefix("#") {
        blocks[blocks.count - 1].append(line)
      }
    }
    return blocks.map { Template($0, lexicon) }
  }

  private init(_ block: [String], _ lexicon: Lexicon) {
    let head = block[0].words
    if block.count != 4 { fail("template \(block[0]): expected three sentences") }
    name = head[1]
    var (slots, limit): ([Slot], Int) = ([], 35)
    for part in head.dropFirst(2) {
      if part.hasPrefix("x"), let number = Int(part.dropFirst()) {
        limit = number
        continue
      }
      let sides = part.parts("=")
      if sides.count != 2 { fail("template \(name): cannot read '\(part)'") }
      slots.append(Slot(name: sides[0], list: sides[1], words: lexicon.words(sides[1])))
    }
    (self.slots, self.limit) = (slots, limit)
    sentences = block.dropFirst().map { $0 == "-" ? nil : $0 }
  }

  /// The sentences drawn, each a filled template in every language.
  func draw(_ lexicon: Lexicon) -> [[String?]] {
    var random = Random(name)
    let total = slots.reduce(1) { $0 * $1.words.count }
    var choices: [Int] = []
    if total <= 20_000 {
      choices = Array(0..<total)
      random.shuffle(&choices)
    } else {
      choices = (0..<limit * 8).map { _ in random.below(total) }
    }
    var (result, seen): ([[String?]], Set<Int>) = ([], [])
    for choice in choices where result.count < limit {
      if !seen.insert(choice).inserted { continue }
      if let words = filling(choice) {
        result.append(Language.allCases.map { fill($0, words, lexicon) })
      }
    }
    return result
  }

  /// The words of a choice in mixed radix; nil where one list gives two slots the same word.
  private func filling(_ choice: Int) -> [String: any Word]? {
    var (words, rest): ([String: any Word], Int) = ([:], choice)
    for slot in slots {
      let word = slot.words[rest % slot.words.count]
      rest /= slot.words.count
      if words.values.contains(where: { Self.clash($0, word) }) { return nil }
      words[slot.name] = word
    }
    return words
  }

  /// The same word twice, or two words of the same name ("the fish" and "fish").
  private static func clash(_ a: any Word, _ b: any Word) -> Bool {
    a.key == b.key
  }

  private func fill(_ language: Language, _ words: [String: any Word], _ lexicon: Lexicon)
    -> String?
  {
    guard let sentence = sentences[language.rawValue] else { return nil }
    var (result, rest) = ("", sentence[...])
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else {
        fail("template \(name): '{' without '}': \(sentence)")
      }
      let expression = String(rest[rest.index(after: open)..<close])
      result += rest[..<open]
      result += evaluate(expression, language, words, lexicon)
      rest = rest[rest.index(after: close)...]
    }
    result += rest
    switch language {
    case .english: return tidied(English.polished(result))
    case .french: return tidied(French.polished(result))
    case .vietnamese: return tidied(result)
    }
  }

  /// Evaluates `head.form@other~adjective`, with "+" after other for its plural.
  private func evaluate(
    _ expression: String, _ language: Language, _ words: [String: any Word], _ lexicon: Lexicon
  ) -> String {
    func problem() -> Never {
      fail("template \(name): cannot make {\(expression)} in \(language)")
    }
    var request = Request()
    var text = expression[...]
    if let mark = text.firstIndex(of: "~") {
      request.adjective = words[String(text[text.index(after: mark)...])] as? Adjective
      if request.adjective == nil { problem() }
      text = text[..<mark]
    }
    if let mark = text.firstIndex(of: "@") {
      var other = String(text[text.index(after: mark)...])
      if other.hasSuffix("+") {
        request.otherPlural = true
        other.removeLast()
      }
      request.other = words[other] ?? lexicon.pronoun(other)
      if request.other == nil { problem() }
      text = text[..<mark]
    }
    if let mark = text.firstIndex(of: ".") {
      request.form = String(text[text.index(after: mark)...])
      text = text[..<mark]
    }
    let head = String(text)
    if let word = words[head] {
      guard let result = word.text(request, in: language) else { problem() }
      return result
    }
    if language == .french, !French.isVerb(head) {
      return French.agreed(head, request.traits)
    }
    let verb = Activity(verb: head.hasPrefix("s'") ? "se " + head.dropFirst(2) : head, language)
    guard let result = verb.text(request, in: language) else { problem() }
    return result
  }
}
