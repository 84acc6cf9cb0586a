import DragomanPages
import DragomanFormats
import DragomanTensor
import DragomanText
import DragomanTranslation

/// A table of word vectors as a map: tokens that stand near each other along the two directions of most variance.
struct EmbeddingMap {
  /// Tokens on the map at most: those that the vocabulary has first, which are the frequent ones.
  static let tokens = 400
  /// Labels that are shown without being pointed at, at most.
  static let labels = 60

  /// A token of the map.
  struct Point {
    let text: String
    let number: Int
    let x: Double
    let y: Double
  }

  let side: String
  let points: [Point]
  /// The share of the variance along both axes.
  let shares: [Double]

  /// The map of a table; special tokens and bytes are left out.
  ///
  /// Byte pairs begin with letters and fragments, which say little: pieces that begin a word come before the others.
  init(side: String, _ codec: TextCodec, _ table: Matrix) {
    self.side = side
    let usable = (0..<table.rows).filter { row in
      let id = Int32(row)
      return !codec.vocabulary.isSpecial(id) && !Tokenizer.isByte(codec.vocabulary[id])
        && table.rows(row..<(row + 1)).elements.allSatisfy(\.isFinite)
    }
    func isBeginning(_ row: Int) -> Bool {
      let token = codec.vocabulary[Int32(row)]
      return codec.tokenizer.kind != .bpe || (token.hasPrefix("\u{2581}") && token.count > 2)
    }
    let numbers = (usable.filter(isBeginning) + usable.filter { !isBeginning($0) })
      .prefix(Self.tokens)
    let vectors = numbers.map { table.rows($0..<($0 + 1)).elements.map(Double.init) }
    let components = PrincipalComponents(vectors, count: 2)
    shares = components.shares
    points = zip(numbers, components.places).map { number, place in
      Point(
        text: TokenLabels.of(
          codec.display(Int32(number)), at: 1, arePieces: codec.tokenizer.kind == .bpe),
        number: number, x: place.first ?? 0,
        y: place.count > 1 ? place[1] : 0)
    }
  }

  // MARK: Picture

  private static let (width, height, margin) = (960.0, 600.0, 26.0)
  /// What a terminal cell of text takes at the size of labels.
  private static let letter = 7.0

  /// Where a label stands, to know which others it would cover.
  private struct Box {
    let (left, right, top, bottom): (Double, Double, Double, Double)

    func meets(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    /// Whether a dot at a place would be covered.
    func covers(_ place: (x: Double, y: Double)) -> Bool {
      left - 3 < place.x && place.x < right + 3 && top - 2 < place.y && place.y < bottom + 2
    }
  }

  /// The figure; nothing for fewer than three tokens.
  var html: HTML {
    guard points.count > 2 else { return .nothing }
    let xs = points.map(\.x)
    let ys = points.map(\.y)
    func position(_ value: Double, _ values: [Double], _ length: Double) -> Double {
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      let share = high > low ? (value - low) / (high - low) : 0.5
      return Self.margin + share * (length - 2 * Self.margin)
    }
    let places = points.map { point in
      (
        x: position(point.x, xs, Self.width),
        y: Self.height - position(point.y, ys, Self.height)
      )
    }
    let dots = zip(points, places).map { point, place in
      HTML(
        .circle,
        [
          .class("dot"), .geometry(.cx, place.x), .geometry(.cy, place.y), .geometry(.r, 3.5),
          .isFocusable, .label(point.text),
          .data("reading", "\u{2068}\(point.text)\u{2069}, number \(point.number)"),
        ])
    }
    let title = "\(side) word vectors"
    let percent = shares.map { NumberText.fixed(100 * $0, decimals: 1) + " %" }
    return HTML(
      .figure, [.class("map")],
      HTML(
        .figcaption, HTML(.span, [.class("title")], .text(title)),
        HTML(
          .small,
          .text(
            "\(NumberText.grouped(points.count)) tokens; the axes have \(percent.joined(separator: " and ")) of "
              + "their variance"
          ))),
      Reading.line,
      HTML(
        .div, [.class("scroll")],
        HTML(
          .svg,
          [
            .view(width: Self.width, height: Self.height), .geometry(.width, Self.width),
            .geometry(.height, Self.height), .role("group"), .label(title),
          ], children: dots + labels(places))))
  }

  /// The names of tokens, the most frequent first, where they cover neither each other nor the dot of another one.
  private func labels(_ places: [(x: Double, y: Double)]) -> [HTML] {
    var boxes: [Box] = []
    var result: [HTML] = []
    for (point, place) in zip(points, places) where result.count < Self.labels {
      let width = Double(TextWidth.of(point.text)) * Self.letter
      guard width > 0, width < 140 else { continue }
      // Right of its dot if there is room, else left.
      let free = [false, true].first { isLeft in
        let left = isLeft ? place.x - 6 - width : place.x + 6
        let box = Box(left: left, right: left + width, top: place.y - 8, bottom: place.y + 5)
        return left >= 0 && box.right <= Self.width && !boxes.contains(where: box.meets)
          && !places.contains(where: box.covers)
      }
      guard let isLeft = free else { continue }
      let left = isLeft ? place.x - 6 - width : place.x + 6
      boxes.append(Box(left: left, right: left + width, top: place.y - 8, bottom: place.y + 5))
      result.append(
        HTML(
          .text,
          [
            .geometry(.x, isLeft ? place.x - 6 : place.x + 6), .geometry(.y, place.y + 3.5),
            .anchor(isLeft ? "end" : "start"), .isHidden,
          ], .text(point.text)))
    }
    return result
  }
}
