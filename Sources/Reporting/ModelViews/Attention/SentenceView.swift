import DragomanDecoding
import DragomanPages
import DragomanFormats
import DragomanText
import DragomanTranslation

/// A line and its translation on a page.
struct SentenceView {
  /// How much a page may still hold.
  struct Room {
    /// Cells of all heat maps.
    var cells = 60_000
    /// Hypotheses of all trees.
    var hypotheses = 20_000

    /// Takes some of it, unless it is too little.
    static func take(_ count: Int, of room: inout Int) -> Bool {
      guard count <= room else { return false }
      room -= count
      return true
    }
  }

  private let line: TracedTranslation
  let translation: Translation
  let heads: LineHeads?
  let number: Int
  private let isOpen: Bool
  let hasHeatmap: Bool
  /// Where each word looked, if tokens are pieces of words.
  let words: WordMap?
  private let hasTree: Bool
  let source: [String]
  let target: [String]

  init(
    _ line: TracedTranslation, heads: LineHeads? = nil, number: Int, isOpen: Bool,
    room: inout Room
  ) {
    self.line = line
    self.heads = heads
    self.number = number
    self.isOpen = isOpen
    translation = line.translations[0]
    source = TokenLabels.of(translation.sourceTokens)
    target = TokenLabels.of(translation.targetTokens)
    hasHeatmap = Room.take(source.count * target.count, of: &room.cells)
    words = WordMap(translation).flatMap { Room.take($0.count, of: &room.cells) ? $0 : nil }
    hasTree = Room.take(line.trace.nodes.count, of: &room.hypotheses)
  }

  /// The article.
  var html: HTML {
    let text = translation.text.isEmpty ? "–" : translation.text
    return HTML(
      .article, [.class("sentence")],
      HTML(.p, [.class("number")], "line \(number)"),
      HTML(.h2, [.automaticDirection], .text(text)),
      HTML(.p, [.class("subtitle"), .automaticDirection], .text(translation.source)),
      target.isEmpty
        ? HTML(.p, [.class("note")], "There is nothing to translate in this line.") : details)
  }

  private var details: HTML {
    .group([
      facts, tokens, words.map { part("Where each word looked", $0.html) } ?? .nothing,
      part("Where each token looked", looked), ownHeads,
      part("What else might have come", steps),
      part("What the search tried", hasTree ? BeamTree(line.trace).html : tooLarge("tree")),
    ])
  }

  private var facts: HTML {
    var facts = [
      "log p \(NumberText.fixed(translation.logProbability, decimals: 3))",
      "score \(NumberText.fixed(translation.score, decimals: 3))",
    ]
    if translation.isCutOff { facts.append("cut off by the limit on length") }
    return HTML(.p, [.class("note facts")], .text(facts.joined(separator: " · ")))
  }

  func part(_ title: String, _ content: HTML) -> HTML {
    HTML(
      .details, isOpen ? [.isOpen] : [], HTML(.summary, .text(title)),
      HTML(.div, [.class("part")], content))
  }

  func tooLarge(_ picture: String) -> HTML {
    HTML(.p, [.class("note")], "No \(picture) here: the page would grow too large.")
  }

  // MARK: Tokens

  private var tokens: HTML {
    HTML(
      .figure, [.class("pair")],
      HTML(.p, [.class("tokens"), .automaticDirection], children: sourceTokens),
      HTML(.p, [.class("tokens"), .automaticDirection], children: targetTokens), Reading.line)
  }

  private var sourceTokens: [HTML] {
    let pieces = TokenLabels.continuations(translation.sourceTokens)
    return source.indices.map { index in
      token(
        source[index], isPiece: pieces[index], [.data("source", "\(index)")], below: "\u{A0}")
    }
  }

  private var targetTokens: [HTML] {
    let pieces = TokenLabels.continuations(translation.targetTokens)
    return target.indices.map { index in
      let probability = translation.confidences[index]
      return token(
        target[index], isPiece: pieces[index],
        [
          .data("target", "\(index)"), .data("weights", Self.text(translation.attention[index])),
          .data("probability", NumberText.significant(probability, digits: 4)),
        ], Confidence(probability),
        below: NumberText.fixed(100 * probability, decimals: 0) + "\u{A0}%")
    }
  }

  private func token(
    _ text: String, isPiece: Bool, _ data: [HTML.Attribute], _ confidence: Confidence = .sure,
    below: String
  ) -> HTML {
    // The end of an Arabic sentence is `</s>` and no `<s/>`. Words give the row its direction and so have none.
    let isSpecial = Vocabulary.specials.contains(text)
    let direction: [HTML.Attribute] = isSpecial ? [.automaticDirection] : []
    return HTML(
      .span,
      [.class(isPiece ? "token piece" : "token"), .role("button"), .isFocusable] + data,
      HTML(.span, [.class("word \(confidence.rawValue)")] + direction, .text(text)),
      HTML(.small, .text(below)))
  }

  /// Weights for the script, with three digits after the point.
  private static func text(_ weights: [Float]) -> String {
    weights.map { NumberText.fixed(Double($0), decimals: 3) }.joined(separator: " ")
  }

  private static func text(_ probability: Double) -> String {
    probability < 0.0005 ? "< 0.001" : NumberText.fixed(probability, decimals: 3)
  }

  // MARK: Alternatives

  /// The width of a bar of probability 1.
  private static let bar = 118.0

  /// Whether the tokens that are written are pieces of words.
  private var arePieces: Bool {
    line.trace.nodes.contains { TokenLabels.isMarked($0.token) }
      || translation.targetTokens.contains(where: TokenLabels.isMarked)
  }

  private var steps: HTML {
    guard let ending = line.trace.endings.first else { return .nothing }
    let alternatives = line.trace.alternatives(along: ending)
    let steps = zip(alternatives, target.indices).map { alternatives, index in
      var rows = alternatives.map { ($0.token, $0.probability) }
      let written = translation.targetTokens[index]
      // One that was drawn, or that a prefix demands, may be less probable than those.
      if !rows.contains(where: { $0.0 == written }) {
        rows.append((written, translation.confidences[index]))
      }
      return HTML(
        .li, [.data("step", "\(index)")],
        HTML(.p, [.class("number")], .text("\(index + 1)")),
        HTML(
          .ol, children: rows.map { alternative($0.0, $0.1, at: index, isWritten: $0.0 == written) }
        ))
    }
    return HTML(.div, [.class("scroll")], HTML(.ol, [.class("steps")], children: steps))
  }

  private func alternative(
    _ token: String, _ probability: Double, at step: Int, isWritten: Bool
  ) -> HTML {
    let width = probability > 0 ? max(Self.bar * probability, 0.5) : 0
    return HTML(
      .li, isWritten ? [.class("written")] : [],
      HTML.foreign(TokenLabels.of(token, at: step, arePieces: arePieces)),
      HTML(.small, .text(Self.text(probability))),
      HTML(
        .svg,
        [
          .view(width: Self.bar, height: 3), .geometry(.width, Self.bar), .geometry(.height, 3),
          .isHidden,
        ], HTML(.rect, [.geometry(.width, width), .geometry(.height, 3), .geometry(.rx, 1.5)])))
  }
}
