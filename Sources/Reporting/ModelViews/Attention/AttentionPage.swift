import DragomanDecoding
package import DragomanPages
package import DragomanTranslation

/// A page about translations: where each token looked, how sure it was, what else might have come, and what the search
/// tried.
package struct AttentionPage: Sendable {
  /// Lines that a page shows at most.
  package static let longest = 200
  /// Lines up to which everything is unfolded.
  private static let unfolded = 3

  private let lines: [TracedTranslation]
  private let heads: [LineHeads]
  private let count: Int
  private let subtitle: String

  /// A page.
  ///
  /// - Parameters:
  ///   - lines: what is shown: the first ``longest`` lines, or all.
  ///   - heads: where the heads looked, for each of these lines; nothing where nobody asked.
  ///   - count: how many lines were translated.
  ///   - subtitle: the models, and how they wrote.
  package init(
    _ lines: [TracedTranslation], heads: [LineHeads] = [], of count: Int, subtitle: String
  ) {
    precondition(
      heads.isEmpty || heads.count == lines.count, "\(lines.count) lines, \(heads.count) with heads"
    )
    self.lines = lines
    self.heads = heads
    self.count = count
    self.subtitle = subtitle
  }

  /// The page.
  package var page: Page {
    // Pictures are most of a page; a browser should not wait long for it.
    var room = SentenceView.Room()
    let sentences = lines.enumerated().map { index, line in
      SentenceView(
        line, heads: heads.isEmpty ? nil : heads[index], number: index + 1,
        isOpen: lines.count <= Self.unfolded, room: &room
      ).html
    }
    return Page(
      "Translations", subtitle: HTML(.bdi, .text(subtitle)),
      styles: [AttentionStyle.text] + (hasHeads ? [Shades.style, HeadStyle.text] : []),
      scripts: [AttentionScript.text] + (hasHeads ? [HeadScript.text] : []),
      content: [guide] + sentences)
  }

  /// Whether there is a head to be seen.
  private var hasHeads: Bool { heads.contains { $0.maps?.isEmpty == false } }

  private var guide: HTML {
    let samples = Confidence.allCases.map { level in
      HTML(.span, [.class("word \(level.rawValue)")], .text(level.range))
    }
    let all =
      count > lines.count
      ? HTML(.p, [.class("note")], "The first \(lines.count) of \(count) lines are shown.")
      : .nothing
    return HTML(
      .section, [.class("guide")],
      HTML(
        .p, [.class("note")],
        """
        Point at a token, tap it, or reach it by Tab: the tokens on the other side show the weight that \
        attention gave to them. Below each token of a translation stands its probability; underlines mark \
        those the model was less sure of:
        """),
      HTML(.p, [.class("levels")], children: samples), hasHeads ? headGuide : .nothing, all)
  }
}

extension AttentionPage {
  /// How heads are looked at.
  private var headGuide: HTML {
    HTML(
      .p, [.class("note")],
      """
      The small maps are the heads of each layer. Choose one to see it large; arrow keys go from head to head and \
      from layer to layer. First comes the mean of the last layer's heads.
      """)
  }
}

/// How sure a model was of a token, in four levels that differ in line and colour.
enum Confidence: String, CaseIterable {
  case sure, fair, unsure, doubtful

  /// The level of a probability.
  init(_ probability: Double) {
    self =
      probability >= 0.9
      ? .sure : probability >= 0.7 ? .fair : probability >= 0.4 ? .unsure : .doubtful
  }

  /// Its probabilities, in words.
  var range: String {
    switch self {
    case .sure: "90 % and more"
    case .fair: "70 to 90 %"
    case .unsure: "40 to 70 %"
    case .doubtful: "below 40 %"
    }
  }
}
