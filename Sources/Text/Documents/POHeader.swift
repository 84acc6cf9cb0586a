/// What the first message of a PO file, that of the empty `msgid`, says of the others.
struct POHeader {
  /// The language that the messages are translated into, `pt_BR`.
  let language: String?
  /// The language of the messages themselves, which some editors write: `en`.
  let sourceLanguage: String?
  /// The form of messages with plural forms that is for one.
  let formOfOne: Int
  /// The encoding, if it is none that UTF-8 includes.
  let charset: DeclaredCharset?

  init(_ text: [UInt8] = []) {
    var fields: [String: String] = [:]
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: ":"), maxSplits: 1).map {
        String(decoding: Array($0).withSingleSpaces, as: UTF8.self)
      }
      if words.count == 2 { fields[words[0].lowercased()] = words[1] }
    }
    language = fields["language"].flatMap { $0.isEmpty ? nil : $0 }
    sourceLanguage = fields["x-source-language"].flatMap { $0.isEmpty ? nil : $0 }
    let charset = Self.value(of: "charset=", in: fields["content-type"] ?? "")
    // "CHARSET" stands in templates that nobody has filled in.
    self.charset = charset.lowercased() == "charset" ? nil : DeclaredCharset(charset)
    let rule = Self.value(of: "plural=", in: fields["plural-forms"] ?? "")
    formOfOne = PluralRule(rule).form(of: 1) ?? 0
  }

  /// Whether the messages are translations into `language` rather than into `other`.
  func isTranslation(into language: String, not other: String) -> Bool {
    guard let own = self.language else { return false }
    return LanguageCode.isSameLanguage(own, language) && !LanguageCode.isSameLanguage(own, other)
  }

  /// What follows `key`, up to a semicolon.
  private static func value(of key: String, in text: String) -> String {
    let bytes = Array(text.utf8)
    let key = Array(key.utf8)
    guard
      let start = bytes.indices.first(where: { index in
        bytes[index...].starts(with: key)
          // "plural=" is not the end of "nplurals=".
          && (index == 0 || !Character(Unicode.Scalar(bytes[index - 1])).isLetter)
      })
    else { return "" }
    let value = bytes[(start + key.count)...].prefix { $0 != UInt8(ascii: ";") }
    return String(decoding: Array(value).withSingleSpaces, as: UTF8.self)
  }
}

/// The rule that chooses a plural form by a number: an expression of C in `n`.
///
/// GNU gettext manual, section "Additional functions for plural forms".
struct PluralRule {
  private let tokens: [String]

  init(_ text: String) {
    var tokens: [String] = []
    for character in text where !character.isWhitespace {
      let last = tokens.last ?? ""
      let isPair = ["&&", "||", "==", "!=", "<=", ">="].contains(last + String(character))
      let isNumber = character.isWholeNumber && last.allSatisfy(\.isWholeNumber) && !last.isEmpty
      if isPair || isNumber {
        tokens[tokens.count - 1].append(character)
      } else {
        tokens.append(String(character))
      }
    }
    self.tokens = tokens
  }

  /// The form for a number; `nil` where the rule is not understood.
  func form(of number: Int) -> Int? {
    // Longer rules than any language has would only be deep.
    guard tokens.count <= 200 else { return nil }
    var rest = tokens[...]
    guard let form = Self.choice(&rest, number), rest.isEmpty else { return nil }
    return form
  }

  /// Operators from the loosest to the tightest.
  private static let levels: [[String]] = [
    ["||"], ["&&"], ["==", "!="], ["<", ">", "<=", ">="], ["+", "-"], ["*", "/", "%"],
  ]

  private static func choice(_ rest: inout ArraySlice<String>, _ n: Int) -> Int? {
    guard let condition = operation(&rest, n, level: 0) else { return nil }
    guard rest.first == "?" else { return condition }
    rest.removeFirst()
    guard let yes = choice(&rest, n), rest.popFirst() == ":", let no = choice(&rest, n) else {
      return nil
    }
    return condition != 0 ? yes : no
  }

  private static func operation(_ rest: inout ArraySlice<String>, _ n: Int, level: Int) -> Int? {
    guard level < levels.count else { return operand(&rest, n) }
    guard var value = operation(&rest, n, level: level + 1) else { return nil }
    while let symbol = rest.first, levels[level].contains(symbol) {
      rest.removeFirst()
      guard let other = operation(&rest, n, level: level + 1),
        let result = apply(symbol, value, other)
      else { return nil }
      value = result
    }
    return value
  }

  private static func apply(_ symbol: String, _ one: Int, _ other: Int) -> Int? {
    switch symbol {
    case "||": return one != 0 || other != 0 ? 1 : 0
    case "&&": return one != 0 && other != 0 ? 1 : 0
    case "==": return one == other ? 1 : 0
    case "!=": return one != other ? 1 : 0
    case "<": return one < other ? 1 : 0
    case ">": return one > other ? 1 : 0
    case "<=": return one <= other ? 1 : 0
    case ">=": return one >= other ? 1 : 0
    case "+": return one &+ other
    case "-": return one &- other
    case "*": return one &* other
    case "/": return Self.whole(one.dividedReportingOverflow(by: other))
    default: return Self.whole(one.remainderReportingOverflow(dividingBy: other))
    }
  }

  /// A result that there is: none after a division by 0, or of the least number by −1.
  private static func whole(_ result: (partialValue: Int, overflow: Bool)) -> Int? {
    result.overflow ? nil : result.partialValue
  }

  private static func operand(_ rest: inout ArraySlice<String>, _ n: Int) -> Int? {
    switch rest.popFirst() {
    case "n": return n
    case "!": return operand(&rest, n).map { $0 == 0 ? 1 : 0 }
    case "(":
      guard let value = choice(&rest, n), rest.popFirst() == ")" else { return nil }
      return value
    case let word?: return Int(word)
    case nil: return nil
    }
  }
}
