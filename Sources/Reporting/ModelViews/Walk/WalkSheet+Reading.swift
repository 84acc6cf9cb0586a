import DragomanModels
import DragomanPages
import DragomanTranslation

/// What is read, on the page of a walk: a text, or rows of features.
extension WalkSheet {
  /// The text in tokens.
  func station(of text: WalkText, also content: [HTML] = []) -> HTML {
    station(
      "tokens", "Tokens",
      note: "The tokenizer cuts the text, the vocabulary numbers the pieces, and an end is put "
        + "after them: position i of S = \(text.tokens.count).", text.pieces + content)
  }

  /// The rows as the file has them and as the model reads them.
  func station(of rows: WalkRows) -> HTML {
    let size = rows.preparation.size
    let scale = VectorStrip.Scale.of(rows.numbers)
    return station(
      "rows", "Rows",
      note:
        "The example has S = \(rows.numbers.count) \(rows.numbers.count == 1 ? "row" : "rows") of "
        + "d = \(size) \(size == 1 ? "number" : "numbers"). Of each column the mean μ is taken, and the rest is "
        + "divided by the deviation σ. " + WalkPage.legend(scale) + WalkPage.reading,
      [
        .facts([("file", .foreign(rows.name))]), equation([WalkEquations.row]),
        self.rows(rows.numbers, scale, symbol: "f"),
        HTML(
          .details, HTML(.summary, "The rows as the file has them, and μ and σ of each column"),
          self.rows(rows.stored, .of(rows.stored), symbol: "r"),
          HTML(
            .div, [.class("vectors")],
            vector("μ", "μ", rows.preparation.mean, .of([rows.preparation.mean])),
            vector("σ", "σ", rows.preparation.deviation, .of([rows.preparation.deviation])))),
      ])
  }

  /// The vectors that the lowest layer reads.
  func vectors(_ embeddings: [[Float]]) -> HTML {
    let scale = VectorStrip.Scale.of(embeddings)
    let (title, note, spelling) =
      switch example {
      case .text, .image:
        ("Word vectors", "Each number picks a row of the table X", WalkEquations.embedding)
      case .rows:
        ("Vectors", "A linear layer makes a vector of each row", WalkEquations.linear)
      }
    return station(
      "vectors", title,
      note: "\(note): \(model.embedding) numbers. " + WalkPage.legend(scale) + WalkPage.reading,
      [equation([spelling]), rows(embeddings, scale, symbol: "x")])
  }

  /// The stations of what is read before the encoder, as the route names them.
  func firstStations(_ encoder: WalkEncoder) -> [(String, String)] {
    switch (example, encoder) {
    case (.text, _): [("tokens", "Tokens"), ("vectors", "Word vectors")]
    case (.rows, .features): [("rows", "Rows")]
    case (.rows, _): [("rows", "Rows"), ("vectors", "Vectors")]
    case (.image, .vision): [("image", "Image"), ("patches", "Patches")]
    case (.image, _): [("image", "Image")]
    }
  }

  /// The places that a table of weights has rows for: all tokens, and of an image or of many rows those that count
  /// most.
  func shown(_ weights: [Float]) -> [Int] {
    switch example {
    case .text: return Array(words.indices)
    case .rows where words.count <= 24: return Array(words.indices)
    case .image, .rows:
      let order = weights.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
      return Array(order.prefix(12))
    }
  }

  /// How much each token or row matters: the length of the gradient that arrives at its vector, or at the row itself if
  /// no layer reads it.
  func matters(embeddings: [[Float]], states: [[Float]]) -> [HTML] {
    let vectors = embeddings.isEmpty ? states : embeddings
    let norms = vectors.map(WalkPage.norm)
    let most = norms.max() ?? 0
    let place = example.place
    let (heading, spelling, norm) =
      embeddings.isEmpty
      ? ("the gradient that arrives there", ClassificationEquations.stateNorm, "‖∂h_i‖")
      : ("its vector’s gradient", WalkEquations.embeddingNorm, "‖∂x_i‖")
    let table = HTML.table(
      head: [.text(place), Equation(norm).html, ""],
      rows: words.indices.map { i in
        [
          .foreign(words[i]), ExactNumber.html(norms[i]),
          ExactNumber.bar(norms[i], from: 0, to: most),
        ]
      }, numeric: [1])
    var content = [
      HTML(.h3, .text("How much each \(example.unit) matters: the length of \(heading)")),
      equation([spelling]), table,
    ]
    if !embeddings.isEmpty {
      content.append(
        HTML(
          .details,
          HTML(.summary, .text("The gradients of the \(example.vectorsName) themselves")),
          rows(embeddings, .of(embeddings), symbol: "∂x")))
    }
    return content
  }
}

extension WalkExample {
  /// What the vectors of the encoder belong to, as tables call it.
  var place: String {
    switch self {
    case .text: "token"
    case .image: "region"
    case .rows: "row"
    }
  }
  /// The same in a sentence.
  var unit: String {
    switch self {
    case .text: "word"
    case .image: "region"
    case .rows: "row"
    }
  }
  /// What the lowest layer reads.
  var vectorsName: String {
    switch self {
    case .text: "word vectors"
    case .image: "patches’ vectors"
    case .rows: "rows’ vectors"
    }
  }
}
