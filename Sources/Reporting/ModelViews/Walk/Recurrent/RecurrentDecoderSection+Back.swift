import DragomanFormats
import DragomanLayers
import DragomanPages
import DragomanTranslation

extension RecurrentDecoderSection {
  func wayBack(at index: Int, _ t: String) -> [HTML] {
    guard let gradients = walk.gradients else { return [] }
    let (weights, scores) = (gradients.weights[index], gradients.scores[index])
    func range(_ values: [Float]) -> (Double, Double) {
      (values.map(Double.init).min() ?? 0, values.map(Double.init).max() ?? 0)
    }
    let ranges = (range(Array(weights.prefix(reach))), range(Array(scores.prefix(reach))))
    let rows = page.words.indices.map { i -> [HTML] in
      guard i < reach else { return [.foreign(page.words[i]), "–", .nothing, "–", .nothing] }
      return [
        .foreign(page.words[i]), ExactNumber.html(weights[i]),
        ExactNumber.bar(Double(weights[i]), from: ranges.0.0, to: ranges.0.1),
        ExactNumber.html(scores[i]),
        ExactNumber.bar(Double(scores[i]), from: ranges.1.0, to: ranges.1.1),
      ]
    }
    let contexts = gradients.contexts[index]
    let states = gradients.layers.enumerated().map { layer, steps in
      let values = steps[index]
      let place = gradients.layers.count > 1 ? " of layer \(layer + 1)" : ""
      return page.vector(
        "∂h\(place) \(t)", gradients.layers.count > 1 ? "∂h_t\(place)" : "∂s_t", values,
        .of([values]))
    }
    return [
      HTML(
        .div, [.class("vectors")],
        page.vector("∂c \(t)", own.contextGradient, contexts, .of([contexts]))),
      page.equation([attention.weightGradient, attention.scoreGradient]),
      .table(
        head: ["token", Equation("∂α_{ti}").html, "", Equation("∂e_{ti}").html, ""],
        rows: rows, numeric: [1, 3]),
    ] + question(gradients.queries[index], t) + [HTML(.div, [.class("vectors")], children: states)]
  }

  /// What the scorer sends to its query: where scorers differ.
  private func question(_ values: [Float], _ t: String) -> [HTML] {
    guard let equation = attention.scorer.queryGradient else { return [] }
    return [
      HTML(.h4, "What the score sends back"),
      HTML(.div, [.class("vectors")], page.vector("∂q \(t)", equation, values, .of([values]))),
    ]
  }

  var gradients: [HTML] {
    guard let gradients = walk.gradients else { return [] }
    var content: [HTML] = []
    if let keys = gradients.keys, let equation = attention.scorer.keyGradient {
      content += [
        page.equation([equation]),
        HTML(
          .details, [.isOpen], HTML(.summary, "At the keys"),
          page.rows(keys, .of(keys), symbol: "∂k")),
      ]
    }
    let vectors = zip(["vector", "coverageWeight"], gradients.vectors)
      .compactMap { name, values -> HTML? in
        attention.scorer.gradients[name].map { equation in
          page.vector(name == "vector" ? "∂v" : "∂w", equation, values, .of([values]))
        }
      }
    if !vectors.isEmpty {
      content.append(HTML(.div, [.class("vectors")], children: vectors))
    }
    return content.isEmpty ? [] : [HTML(.h3, "What arrives inside the score")] + content
  }
}
