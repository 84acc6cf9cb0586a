import DragomanModels
package import DragomanFormats
import DragomanLayers
package import DragomanTranslation

extension Walk {
  /// Every number of the walk, for programs.
  package var json: JSON {
    var members: [(String, JSON)] = [
      ("source", Self.json(source)), ("text", .string(text)),
      ("isForced", .bool(reference != nil)), ("isCutOff", .bool(isCutOff)),
      ("architecture", configuration.json), ("embeddings", .rows(embeddings)),
      ("encoder", .array(encoder.map { .array($0.map(Self.json)) })),
      ("outputs", .array(outputs.map { .rows($0) })),
      ("start", .array(start.map(Self.json))), ("steps", .array(steps.map(json))),
      ("loss", .number(loss)),
    ]
    if let reference { members.append(("target", Self.json(reference))) }
    if let keys { members.append(("keys", .rows(keys))) }
    if let gradients { members.append(("gradients", Self.json(gradients))) }
    return .object(members)
  }

  private static func json(_ text: WalkText) -> JSON {
    .object([
      ("line", .string(text.line)), ("normalized", .string(text.normalized)),
      ("tokens", .array(text.tokens.map(json))),
    ])
  }

  private static func json(_ token: WalkToken) -> JSON {
    .object([("text", .string(token.text)), ("id", .int(Int(token.id)))])
  }

  private static func json(_ state: WalkState) -> JSON {
    .object(
      [("h", .numbers(state.hidden))] + (state.cell.map { [("c", JSON.numbers($0))] } ?? []))
  }

  private static func json(_ recurrence: WalkRecurrence) -> JSON {
    .object([
      ("name", .string(recurrence.name)), ("isBackward", .bool(recurrence.isBackward)),
      ("initial", json(recurrence.initial)),
      ("steps", .array(recurrence.steps.map { json($0, recurrence.cell) })),
    ])
  }

  private static func json(_ cell: WalkCell, _ kind: CellKind) -> JSON {
    .object([
      ("input", .numbers(cell.input)),
      ("gates", .object(zip(kind.gates, cell.gates).map { ($0.name, .numbers($1)) })),
      ("state", json(cell.state)),
    ])
  }

  private func json(_ step: WalkStep) -> JSON {
    let cell = configuration.decoder.cell
    var members: [(String, JSON)] = [
      ("input", Self.json(step.input)), ("output", Self.json(step.output)),
      ("layers", .array(step.layers.map { Self.json($0, cell) })),
      ("state", .numbers(step.state)), ("scores", .numbers(step.scores)),
      ("weights", .numbers(step.weights)), ("context", .numbers(step.context)),
      ("logits", .numbers(step.logits)), ("logProbability", .number(-Double(step.loss))),
      ("rank", .int(step.rank)),
      (
        "best",
        .array(
          step.best.map { token in
            .object([
              ("text", .string(token.text)), ("id", .int(Int(token.id))),
              ("probability", .number(step.probability(of: token.id))),
            ])
          })
      ),
    ]
    let others = [
      ("fed", step.fed), ("query", step.query), ("coverage", step.coverage),
      ("attentional", step.attentional), ("deep", step.deep),
    ]
    for (name, values) in others {
      if let values { members.append((name, .numbers(values))) }
    }
    return .object(members)
  }

  private static func json(_ gradients: WalkGradients) -> JSON {
    .object([
      ("logits", .rows(gradients.logits)), ("contexts", .rows(gradients.contexts)),
      ("weights", .rows(gradients.weights)), ("scores", .rows(gradients.scores)),
      ("decoder", .array(gradients.decoder.map { .rows($0) })),
      ("states", .rows(gradients.states)),
      ("encoder", .array(gradients.encoder.map { .array($0.map { .rows($0) }) })),
      ("embeddings", .rows(gradients.embeddings)), ("norm", .number(gradients.norm)),
      (
        "parameters",
        .array(
          gradients.parameters.map { entry in
            .object([
              ("name", .string(entry.name)), ("shape", .array(entry.shape.map { .int($0) })),
              ("norm", .number(entry.norm)), ("gradient", .number(entry.gradient)),
            ])
          })
      ),
    ])
  }
}

extension JSON {
  /// A number; what JSON cannot hold is null.
  fileprivate static func number(_ value: Double) -> JSON {
    value.isFinite ? .double(value) : .null
  }

  /// A vector in single precision, in the fewest digits.
  fileprivate static func numbers(_ values: [Float]) -> JSON {
    .array(values.map { $0.isFinite ? JSON(.number("\($0)")) : .null })
  }

  /// Vectors.
  fileprivate static func rows(_ vectors: [[Float]]) -> JSON {
    .array(vectors.map { .numbers($0) })
  }
}
