/// What a word of a sentence was made from: a slot of the template, or the template's own text.
struct Origin: Hashable, Sendable {
  /// The slot's name; empty for the template's own words and for verbs that it names itself.
  var slot = ""
  /// Which of several requests of this slot, from 0.
  var occurrence = 0
  /// The verb that a template names, or what stands for it; else empty.
  var lemma = ""
}

/// A word of a sentence as it is written, and what it was made from.
struct MarkedWord: Sendable {
  /// One word before elision and contraction, without punctuation and in small letters.
  struct Part: Sendable {
    let text: String
    let origin: Origin
  }

  var text: String
  /// Two of "l'hôpital", none of punctuation.
  var parts: [Part]

  /// The words of a text that is put together from pieces; where pieces touch, the first with a letter counts.
  static func words(of pieces: [(text: String, origin: Origin)]) -> [MarkedWord] {
    var result: [MarkedWord] = []
    var (text, origin): (String, Origin?) = ("", nil)
    func close() {
      if text.isEmpty { return }
      let parts = origin.map { [Part(text: core(of: text), origin: $0)] } ?? []
      result.append(MarkedWord(text: text, parts: parts))
      (text, origin) = ("", nil)
    }
    for piece in pieces {
      for character in piece.text {
        if character == " " {
          close()
          continue
        }
        text.append(character)
        if origin == nil, character.isLetter || character.isNumber { origin = piece.origin }
      }
    }
    close()
    return result
  }

  /// A word without what was elided before it, punctuation and capitals.
  private static func core(of word: String) -> String {
    let word = (wordTypes(of: word).first ?? "").lowercased()
    for short in ["l'", "d'", "n'", "s'", "j'", "m'", "c'", "qu'"] where word.hasPrefix(short) {
      return String(word.dropFirst(short.count))
    }
    return word
  }

  /// The words as a line is written: none begins with punctuation, and the first has a capital.
  static func tidied(_ words: [MarkedWord]) -> [MarkedWord] {
    var result: [MarkedWord] = []
    for word in words {
      if let first = word.text.first, ".,?!".contains(first), !result.isEmpty {
        result[result.count - 1].text += word.text
        result[result.count - 1].parts += word.parts
      } else {
        result.append(word)
      }
    }
    if !result.isEmpty { result[0].text = result[0].text.capitalized }
    return result
  }
}

extension [MarkedWord] {
  /// The line.
  var line: String { map(\.text).joined(separator: " ") }
}
