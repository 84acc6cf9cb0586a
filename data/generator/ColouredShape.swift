/// A shape in its colour, by their numbers among those of ``Scenes``.
struct ColouredShape: Hashable {
  let colour: Int
  let shape: Int

  /// Its words, those of the article, of the shape and of the colour, in the order in which the language has them.
  func words(_ language: Language) -> [(role: Role, word: String)] {
    switch language {
    case .english:
      let colour = Scenes.colours[colour].name
      return [
        (.article, colour == "orange" ? "an" : "a"), (.colour, colour),
        (.noun, Scenes.shapes[shape]),
      ]
    case .french:
      let colours = ["rouge", "orange", "jaune", "vert", "bleu", "violet"]
      return [
        (.article, "un"), (.noun, ["cercle", "carré", "triangle"][shape]),
        (.colour, colours[colour]),
      ]
    case .vietnamese:
      let colours = [["đỏ"], ["cam"], ["vàng"], ["xanh", "lá"], ["xanh", "dương"], ["tím"]]
      return [(.article, "một")]
        + ["hình", ["tròn", "vuông", "tam giác"][shape]].flatMap(\.words).map { (.noun, $0) }
        + (["màu"] + colours[colour]).map { (.colour, $0) }
    }
  }

  /// What a word says of the object.
  enum Role {
    case article, noun, colour
  }
}
