import DragomanModels
package import DragomanFormats
import DragomanLayers
package import DragomanTranslation

extension Walk {
  /// Every number of the walk, for programs.
  package var json: JSON {
    [
      "source": Self.json(source), "text": .string(text), "isForced": .bool(reference != nil),
      "isCutOff": .bool(isCutOff), "architecture": configuration.json,
      "embeddings": .rows(embeddings),
      "encoder": .array(encoder.map { .array($0.map(Self.json)) }),
      "outputs": .array(outputs.map { .rows($0) }), "start": .array(start.map(Self.json)),
      "steps": .array(steps.map(json)), "loss": .double(loss),
      "target": reference.map(Self.json), "keys": keys.map { .rows($0) },
      "gradients": gradients.map(Self.json),
    ]
  }

  private static func json(_ text: WalkText) -> JSON {
    [
      "line": .string(text.line), "normalized": .string(text.normalized),
      "tokens": .array(text.tokens.map(json)),
    ]
  }

  private static func json(_ token: WalkToken) -> JSON {
    ["text": .string(token.text), "id": .int(Int(token.id))]
  }

  private static func json(_ state: WalkState) -> JSON {
    ["h": .floats(state.hidden), "c": state.cell.map { .floats($0) }]
  }

  private static func json(_ recurrence: WalkRecurrence) -> JSON {
    [
      "name": .string(recurrence.name), "isBackward": .bool(recurrence.isBackward),
      "initial": json(recurrence.initial),
      "steps": .array(recurrence.steps.map { json($0, recurrence.cell) }),
    ]
  }

  private static func json(_ cell: WalkCell, _ kind: CellKind) -> JSON {
    [
      "input": .floats(cell.input),
      "gates": .object(zip(kind.gates, cell.gates).map { ($0.name, .floats($1)) }),
      "state": json(cell.state),
    ]
  }

  private func json(_ step: WalkStep) -> JSON {
    let cell = WalkEquations(configuration).decoder.cell
    return [
      "input": Self.json(step.input), "output": Self.json(step.output),
      "layers": .array(step.layers.map { Self.json($0, cell) }), "state": .floats(step.state),
      "scores": .floats(step.scores), "weights": .floats(step.weights),
      "context": .floats(step.context), "logits": .floats(step.logits),
      "logProbability": .double(-Double(step.loss)), "rank": .int(step.rank),
      "best": .array(
        step.best.map { token in
          [
            "text": .string(token.text), "id": .int(Int(token.id)),
            "probability": .double(step.probability(of: token.id)),
          ]
        }),
      "fed": step.fed.map { .floats($0) }, "query": step.query.map { .floats($0) },
      "coverage": step.coverage.map { .floats($0) },
      "attentional": step.attentional.map { .floats($0) }, "deep": step.deep.map { .floats($0) },
    ]
  }

  private static func json(_ gradients: WalkGradients) -> JSON {
    [
      "logits": .rows(gradients.logits), "contexts": .rows(gradients.contexts),
      "weights": .rows(gradients.weights), "scores": .rows(gradients.scores),
      "decoder": .array(gradients.decoder.map { .rows($0) }), "states": .rows(gradients.states),
      "encoder": .array(gradients.encoder.map { .array($0.map { .rows($0) }) }),
      "embeddings": .rows(gradients.embeddings), "norm": .double(gradients.norm),
      "parameters": .array(
        gradients.parameters.map { entry in
          [
            "name": .string(entry.name), "shape": .ints(entry.shape),
            "norm": .double(entry.norm), "gradient": .double(entry.gradient),
          ]
        }),
    ]
  }
}

extension JSON {
  /// Vectors.
  fileprivate static func rows(_ vectors: [[Float]]) -> JSON {
    .array(vectors.map { .floats($0) })
  }
}
