/// An equation as it stands in a line of a page, from a plain spelling of it.
///
///     Equation("h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t−1}").html
///
/// A letter on its own, with its accents, is a quantity and slanted; several in a row are the name of a function and
/// upright. `_` and `^` lower and raise the letters or digits that follow, or what stands in braces.
package struct Equation {
  private let characters: [Character]

  /// The equation of a spelling.
  package init(_ spelling: String) { characters = Array(spelling) }

  /// The line.
  package var html: HTML { HTML(.span, [.class("math")], children: Self.pieces(characters[...])) }

  private static func pieces(_ characters: ArraySlice<Character>, isSmall: Bool = false) -> [HTML] {
    var rest = characters
    var result: [HTML] = []
    while let first = rest.first {
      if first == "_" || first == "^", rest.count > 1 {
        rest.removeFirst()
        let script = takeScript(&rest)
        result.append(
          HTML(first == "_" ? .sub : .sup, children: pieces(script, isSmall: true)))
      } else if first.isLetter {
        let word = rest.prefix { $0.isLetter }
        rest = rest[word.endIndex...]
        // Below a line, ih and hh are not words but two letters.
        let isName = word.count > (isSmall ? 2 : 1) || word == ["Σ"]
        result.append(isName ? .text(String(word)) : HTML(.i, .text(String(word))))
      } else {
        let signs = rest.prefix { !$0.isLetter && $0 != "_" && $0 != "^" }
        let taken = signs.isEmpty ? rest.prefix(1) : signs
        rest = rest[taken.endIndex...]
        result.append(.text(String(taken)))
      }
    }
    return result
  }

  /// What is lowered or raised, without its braces.
  private static func takeScript(_ rest: inout ArraySlice<Character>) -> ArraySlice<Character> {
    guard rest.first == "{", let end = rest.firstIndex(of: "}") else {
      let script = rest.prefix { $0.isLetter || $0.isNumber }
      let taken = script.isEmpty ? rest.prefix(1) : script
      rest = rest[taken.endIndex...]
      return taken
    }
    let script = rest[(rest.startIndex + 1)..<end]
    rest = rest[(end + 1)...]
    return script
  }
}
