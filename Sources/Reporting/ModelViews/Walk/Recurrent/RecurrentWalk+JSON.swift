import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanTranslation

extension RecurrentEncoderWalk {
  /// What the object of a walk has of a recurrent encoder.
  var json: JSON {
    [
      "encoder": .array(layers.map { .array($0.map(\.json)) }),
      "outputs": .array(outputs.map { .rows($0) }),
    ]
  }

  /// What the object of gradients has of it.
  var gradientsJSON: JSON {
    ["encoder": gradients.map { .array($0.map { .array($0.map { .rows($0) }) }) }]
  }
}

extension RecurrentDecoderWalk {
  /// What the object of a walk has of a recurrent decoder.
  var json: JSON {
    ["start": .array(start.map(\.json)), "keys": keys.map { .rows($0) }]
  }

  /// What the object of a step has of it.
  func json(at index: Int) -> JSON {
    let step = steps[index]
    return [
      "layers": .array(step.layers.map { $0.json(configuration.cell) }),
      "state": .floats(step.state), "scores": .floats(step.scores),
      "context": .floats(step.context), "fed": step.fed.map { .floats($0) },
      "query": step.query.map { .floats($0) }, "coverage": step.coverage.map { .floats($0) },
      "gate": step.gate.map { .float($0) },
      "attentional": step.attentional.map { .floats($0) }, "deep": step.deep.map { .floats($0) },
    ]
  }

  /// What the object of gradients has of it.
  var gradientsJSON: JSON {
    [
      "contexts": gradients.map { .rows($0.contexts) },
      "weights": gradients.map { .rows($0.weights) },
      "scores": gradients.map { .rows($0.scores) },
      "queries": gradients.map { .rows($0.queries) },
      "keys": gradients?.keys.map { .rows($0) },
      "vectors": gradients.flatMap { $0.vectors.isEmpty ? nil : .rows($0.vectors) },
      "decoder": gradients.map { .array($0.layers.map { .rows($0) }) },
    ]
  }
}

extension WalkState {
  /// `c` is m, as PyTorch calls it.
  fileprivate var json: JSON {
    ["h": .floats(hidden), "c": cell.map { .floats($0) }]
  }
}

extension WalkRecurrence {
  fileprivate var json: JSON {
    [
      "name": .string(name), "isBackward": .bool(isBackward), "initial": initial.json,
      "steps": .array(steps.map { $0.json(cell) }),
    ]
  }
}

extension WalkCell {
  /// What it read, its gates and its state.
  func json(_ kind: CellKind) -> JSON {
    [
      "input": .floats(input),
      "gates": .object(zip(kind.gates, gates).map { ($0.name, .floats($1)) }),
      "state": state.json,
    ]
  }
}
