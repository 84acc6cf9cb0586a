import DragomanFormats
import DragomanTranslation

extension TransformerEncoderWalk {
  /// What the object of a walk has of a Transformer's encoder.
  var json: JSON {
    [
      "reads": .array(states.indices.map { input.json(at: $0) }),
      "encoder": .array(
        layers.map { parts in
          .array(
            parts.map { $0.rowsJSON(states.count) })
        }),
      "states": .rows(states),
    ]
  }

  /// What the object of gradients has of it beside what it has of all encoders.
  var gradientsJSON: JSON { [:] }
}

extension TransformerDecoderWalk {
  /// What the object of a walk has of a Transformer's decoder: what it computes once of the source.
  var json: JSON {
    ["memory": .array(layers.flatMap { $0.compactMap(\.memoryJSON) })]
  }

  /// What the object of a step has of it.
  func json(at step: Int) -> JSON {
    [
      "reads": input.json(at: step),
      "layers": .array(
        layers.map { parts in
          .array(parts.map { $0.json(at: step).adding(["name": .string($0.name)]) })
        }),
      "state": .floats(states[step]),
    ]
  }

  /// What the object of gradients has of it: ∂s, and ∂e and ∂α of each layer, step and head.
  var gradientsJSON: JSON {
    guard let gradients else { return [:] }
    return [
      "decoderStates": .rows(gradients.states),
      "cross": .array(
        gradients.cross.map { steps in .array(steps.map { .array($0.map(\.json)) }) }),
    ]
  }
}

extension WalkInput {
  /// A row of it.
  func json(at index: Int) -> JSON {
    [
      "word": .floats(words[index]), "scaled": .floats(scaled[index]),
      "position": .floats(positions[index]), "sum": .floats(sums[index]),
    ]
  }
}

extension WalkPart {
  /// All rows of a part of an encoder.
  func rowsJSON(_ count: Int) -> JSON {
    [
      "name": .string(name), "rows": .array((0..<count).map { json(at: $0) }),
    ]
  }

  /// A row of the part.
  fileprivate func json(at index: Int) -> JSON {
    let around: JSON = [
      "normalized": normalized.map { .floats($0[index]) }, "given": .floats(given[index]),
      "sum": .floats(sums[index]), "renormalized": renormalized.map { .floats($0[index]) },
    ]
    return work.json(at: index).adding(around)
  }

  /// Keys and values of the source, in attention to it.
  fileprivate var memoryJSON: JSON? {
    switch work {
    case .cross(let heads): ["keys": .rows(heads.keys), "values": .rows(heads.values)]
    case .selfAttention, .recurrence, .feedForward: nil
    }
  }
}

extension WalkPart.Work {
  fileprivate func json(at index: Int) -> JSON {
    switch self {
    case .selfAttention(let heads):
      heads.json(at: index).adding([
        "key": .floats(heads.keys[index]), "value": .floats(heads.values[index]),
      ])
    case .recurrence(let recurrence): recurrence.steps[index].json(recurrence.cell)
    case .cross(let heads): heads.json(at: index)
    case .feedForward(let inner, let activated):
      ["inner": .floats(inner[index]), "activated": .floats(activated[index])]
    }
  }
}

extension WalkHeads {
  fileprivate func json(at index: Int) -> JSON {
    [
      "query": .floats(queries[index]), "heads": .array(views[index].map(\.json)),
      "result": .floats(results[index]),
    ]
  }
}

extension WalkView {
  /// `seen` is the first position and the one after the last.
  var json: JSON {
    [
      "seen": .ints([seen.lowerBound, seen.upperBound]), "scores": .floats(scores),
      "weights": .floats(weights),
    ]
  }
}
