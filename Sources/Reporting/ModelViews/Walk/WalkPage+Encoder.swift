import DragomanModels
import DragomanPages
import DragomanLayers
import DragomanTranslation

/// The encoder and what the decoder starts from.
extension WalkPage {
  var encoder: HTML {
    let settings = equations.encoder
    let last = walk.encoder.count - 1
    return station(
      "encoder", "Encoder",
      note: "Each layer reads the sentence token by token"
        + (settings.bidirectional ? ", once from either end" : "")
        + ", and keeps a state h. A row is the state after reading a token; unfold it to see the gates that made it. "
        + "The deepest shade is 1.",
      [
        equation(
          equations.products(settings.cell, isNormalized: settings.layerNormalization)
            + WalkEquations.step(of: settings.cell))
      ]
        + walk.encoder.indices.map { layer in
          let content = layerRows(layer)
          guard last > 0 else { return .group(content) }
          return HTML(
            .details, [.class("layer")] + (layer == last ? [.isOpen] : []),
            children: [HTML(.summary, .text("Layer \(layer + 1)\(layerNote(layer))"))] + content)
        } + memory)
  }

  private func layerNote(_ layer: Int) -> String {
    layer == 0
      ? ", which reads the word vectors"
      : ", which reads layer \(layer)"
        + (layer == walk.encoder.count - 1 ? "; attention looks at it" : "")
  }

  private func layerRows(_ layer: Int) -> [HTML] {
    walk.encoder[layer].flatMap { recurrence in
      [
        HTML(
          .h3, .text(recurrence.isBackward ? "← from the end" : "→ from the beginning"), " ",
          HTML(.small, HTML(.code, .text(recurrence.name)))),
        HTML(
          .div, [.class("vectors")],
          children: walk.source.tokens.indices.map { unfolding(recurrence, at: $0) }),
      ]
    }
  }

  /// A state, which unfolds to what made it.
  private func unfolding(_ recurrence: WalkRecurrence, at position: Int) -> HTML {
    let step = recurrence.step(at: position)
    let arrow = recurrence.isBackward ? "←" : "→"
    let symbol = "\(arrow)h_{\(position + 1)}"
    return HTML(
      .details,
      VectorStrip(values: step.state.hidden, scale: .unit).row(
        "\(arrow)h\(Self.lowered(position + 1)) \(isolated(position))",
        token(words[position], symbol),
        as: .summary),
      HTML(
        .div, [.class("gates")],
        children: gates(
          step, recurrence.cell, of: "\(arrow)\(Self.lowered(position + 1))")))
  }

  /// The gates of a step, and m of a cell that has one, each beside its equation.
  func gates(_ step: WalkCell, _ cell: CellKind, of place: String) -> [HTML] {
    var rows = zip(step.gates, cell.gates).map { values, gate in
      vector("\(gate.name) \(gate.letter) \(place)", gate.equation, values, .unit)
    }
    if let values = step.state.cell, let equation = cell.stateEquations.cell {
      rows.append(vector("m \(place)", equation, values, .of([values])))
    }
    return rows
  }

  /// What attention looks at.
  private var memory: [HTML] {
    let last = walk.encoder.count - 1
    let isSum = equations.encoder.residual && last > 0
    var content = [equation([equations.output(layer: last)])]
    if isSum {
      content.append(rows(walk.states, .of(walk.states), symbol: "h"))
    }
    if let keys = walk.keys, let equation = equations.scorer.key {
      content.append(
        HTML(
          .details, HTML(.summary, "Keys, computed once for the sentence"),
          self.equation([equation]), rows(keys, .of(keys), symbol: "k")))
    }
    return [HTML(.h3, "What attention looks at")] + content
  }

  // MARK: First state

  var start: HTML {
    let settings = equations.decoder
    let hasCell = settings.cell.stateEquations.cell != nil
    let rows = walk.start.enumerated().flatMap { layer, state in
      let place = walk.start.count > 1 ? " of layer \(layer + 1)" : ""
      let scale = VectorStrip.Scale.of([state.hidden])
      return [
        vector("s₀\(place)", equations.start("h"), state.hidden, scale)
      ]
        + (state.cell.map {
          [vector("m₀\(place)", equations.start("m"), $0, .of([$0]))]
        } ?? [])
    }
    let source =
      switch settings.initialState {
      case .backward: "the encoder's backward state at the first word"
      case .top: "the final state of the encoder's top layer"
      case .layerwise: "the final state of the encoder's layer of the same number"
      case .mean: "the mean h̄ of all the states that attention looks at"
      case .zero: "nothing: it starts at zero"
      }
    return station(
      "start", "First state",
      note: "The decoder starts from \(source)"
        + (settings.bridge && settings.initialState != .zero ? ", over a bridge." : ".")
        + (hasCell && equations.encoder.cell.stateEquations.cell == nil
          ? " The encoder has no cell vector to give." : ""),
      [HTML(.div, [.class("vectors")], children: rows)])
  }
}
