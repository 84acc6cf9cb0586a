/// A picture of two coloured shapes with what is known of it.
struct CaptionedScene {
  /// The shapes, the one that is named first in front.
  let pair: [ColouredShape]
  /// Where the first stands beside the second: a number among those of ``Scenes``.
  let relation: Int
  /// 0 for the ground, 1 and 2 for the shapes, line by line.
  let pixels: [UInt8]
  /// The PNG file.
  let picture: [UInt8]

  init(_ pair: [ColouredShape], _ relation: Int, _ random: inout Random) {
    let layout = SceneLayout(Scenes.relations[relation], &random)
    var pixels = [UInt8](repeating: 0, count: Scenes.side * Scenes.side)
    for (number, object) in pair.enumerated() {
      Scenes.draw(
        Scenes.shapes[object.shape], layout.sizes[number], layout.middles[number],
        UInt8(number + 1), &pixels)
    }
    (self.pair, self.relation, self.pixels) = (pair, relation, pixels)
    picture = Scenes.png(pixels, pair.map { Scenes.colours[$0.colour].rgb }, &random)
  }

  /// The caption.
  func caption(_ language: Language) -> String {
    words(language).map(\.text).joined(separator: " ")
  }

  /// The words of the caption, each with the number of its object, 0 or 1, and what it says of it.
  private func words(
    _ language: Language
  ) -> [(text: String, object: Int?, role: ColouredShape.Role)] {
    let objects = pair.enumerated().map { number, object in
      object.words(language).map { (text: $0.word, object: Int?.some(number), role: $0.role) }
    }
    let between =
      switch language {
      case .english: ["above", "below", "left of", "right of"]
      case .french: ["au-dessus d'", "au-dessous d'", "à gauche d'", "à droite d'"]
      case .vietnamese: ["ở trên", "ở dưới", "ở bên trái", "ở bên phải"]
      }
    var relation = between[relation].words.map {
      (text: $0, object: Int?.none, role: ColouredShape.Role.article)
    }
    var second = objects[1]
    // The article leans on the word before: "d'un".
    if relation.last?.text.last == "'" {
      second[0].text = relation.removeLast().text + second[0].text
    }
    return objects[0] + relation + second
  }

  /// A line of JSON: the picture's name; of each object colour, shape, box, mask, and the words of the captions that name it.
  func objects(named name: String) -> String {
    let objects = pair.indices.map { number in
      let named = Language.allCases.map { language in
        let places = [ColouredShape.Role.noun, .colour].map { role in
          words(language).enumerated()
            .filter { $0.element.object == number && $0.element.role == role }.map(\.offset)
        }
        return "\"\(language.code)\":{\"noun\":\(json(places[0])),\"colour\":\(json(places[1]))}"
      }
      return "{\"colour\":\"\(Scenes.colours[pair[number].colour].name)\","
        + "\"shape\":\"\(Scenes.shapes[pair[number].shape])\",\"box\":\(json(box(number))),"
        + "\"runs\":\(json(runs(number))),\"words\":{\(named.joined(separator: ","))}}"
    }
    return "{\"image\":\"\(name)\",\"objects\":[\(objects.joined(separator: ","))]}"
  }

  /// The pixels of an object, line by line: where each stretch begins, counted from the first pixel of the picture, and its length.
  func runs(_ object: Int) -> [Int] {
    var result: [Int] = []
    for line in 0..<Scenes.side {
      var start: Int?
      for place in (line * Scenes.side)...((line + 1) * Scenes.side) {
        let isInside = place < (line + 1) * Scenes.side && pixels[place] == object + 1
        if isInside, start == nil { start = place }
        if !isInside, let begun = start {
          result += [begun, place - begun]
          start = nil
        }
      }
    }
    return result
  }

  /// Column and line of the first corner, width, and height.
  private func box(_ object: Int) -> [Int] {
    let places = pixels.indices.filter { pixels[$0] == object + 1 }
    let (columns, lines) = (places.map { $0 % Scenes.side }, places.map { $0 / Scenes.side })
    let corner = [columns.min() ?? 0, lines.min() ?? 0]
    return corner + [(columns.max() ?? 0) - corner[0] + 1, (lines.max() ?? 0) - corner[1] + 1]
  }

  private func json(_ numbers: [Int]) -> String {
    "[\(numbers.map(String.init).joined(separator: ","))]"
  }
}
