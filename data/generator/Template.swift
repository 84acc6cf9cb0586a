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
  func draw(_ lexicon: Lexicon) -> [[[MarkedWord]?]] {
    var random = Random(name)
    let total = slots.reduce(1) { $0 * $1.words.count }
    var choices: [Int] = []
    if total <= 20_000 {
      choices = Array(0..<total)
      random.shuffle(&choices)
    } else {
      choices = (0..<limit * 8).map { _ in random.below(total) }
    }
    var (result, seen): ([[[MarkedWord]?]], Set<Int>) = ([], [])
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

  private func fill(
    _ language: Language, _ words: [String: any Word], _ lexicon: Lexicon
  ) -> [MarkedWord]? {
    guard let sentence = sentences[language.rawValue] else { return nil }
    var (pieces, rest): ([(text: String, origin: Origin)], Substring) = ([], sentence[...])
    var requests: [String: Int] = [:]
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else {
        fail("template \(name): '{' without '}': \(sentence)")
      }
      let expression = String(rest[rest.index(after: open)..<close])
      pieces.append((String(rest[..<open]), Origin()))
      pieces += evaluate(expression, language, words, lexicon, &requests)
      rest = rest[rest.index(after: close)...]
    }
    pieces.append((String(rest), Origin()))
    let marked = MarkedWord.words(of: pieces)
    switch language {
    case .english: return MarkedWord.tidied(English.polished(marked))
    case .french: return MarkedWord.tidied(French.polished(marked))
    case .vietnamese: return MarkedWord.tidied(marked)
    }
  }

  /// Evaluates `head.form@other~adjective`, with "+" after other for its plural, and counts what it asks for.
  private func evaluate(
    _ expression: String, _ language: Language, _ words: [String: any Word], _ lexicon: Lexicon,
    _ requests: inout [String: Int]
  ) -> [(text: String, origin: Origin)] {
    func problem() -> Never {
      fail("template \(name): cannot make {\(expression)} in \(language)")
    }
    func origin(_ slot: String) -> Origin {
      defer { requests[slot, default: 0] += 1 }
      return Origin(slot: slot, occurrence: requests[slot, default: 0])
    }
    var request = Request()
    var text = expression[...]
    // Words that a noun takes from others: its adjective, and whose it is.
    var taken: [(words: Set<String>, origin: Origin)] = []
    if let mark = text.firstIndex(of: "~") {
      let name = String(text[text.index(after: mark)...])
      request.adjective = words[name] as? Adjective
      if let adjective = request.adjective {
        taken.append((adjective.words(in: language), origin(name)))
      }
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
      if let person = request.other as? Person, !person.isPronoun, words[other] != nil {
        taken.append((person.words(in: language), Origin(slot: other)))
      }
      text = text[..<mark]
    }
    if let mark = text.firstIndex(of: ".") {
      request.form = String(text[text.index(after: mark)...])
      text = text[..<mark]
    }
    let head = String(text)
    if let word = words[head] {
      guard let result = word.text(request, in: language) else { problem() }
      // "La plus proche" is what "nearest" is, which templates write themselves.
      let own = request.form == "closest" ? Origin(lemma: "proche") : origin(head)
      if !(word is Noun) { taken = [] }
      return result.words.flatMap { word in
        let name = word.hasSuffix("'s") ? String(word.dropLast(2)) : word
        return [(word, taken.first { $0.words.contains(name) }?.origin ?? own), (" ", own)]
      }.dropLast()
    }
    if language == .french, !French.isVerb(head) {
      return [(French.agreed(head, request.traits), Origin(lemma: head))]
    }
    let reflexive = head.hasPrefix("s'")
    let verb = Activity(verb: reflexive ? "se " + head.dropFirst(2) : head, language)
    guard let result = verb.text(request, in: language) else { problem() }
    return [(result, Origin(lemma: reflexive ? String(head.dropFirst(2)) : head))]
  }
}
