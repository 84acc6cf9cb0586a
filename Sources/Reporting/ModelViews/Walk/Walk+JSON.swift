import DragomanModels
package import DragomanFormats
package import DragomanTranslation

extension Walk {
  /// Every number of the walk, for programs.
  package var json: JSON {
    let common: JSON = [
      "text": .string(text),
      "isForced": .bool(reference != nil),
      "isCutOff": .bool(isCutOff), "architecture": configuration.json,
      "embeddings": image == nil && !embeddings.isEmpty ? .rows(embeddings) : nil,
      "steps": .array(steps.indices.map { Self.json(steps[$0]).adding(decoder.json(at: $0)) }),
      "loss": .double(loss), "target": reference.map(Self.json),
      "gradients": gradients.map {
        Self.json($0).adding(encoder.gradientsJSON).adding(decoder.gradientsJSON)
      },
    ]
    return example.json.adding(common).adding(encoder.json).adding(decoder.json)
  }

  /// A text and its tokens.
  static func json(_ text: WalkText) -> JSON {
    [
      "line": .string(text.line), "normalized": .string(text.normalized),
      "tokens": .array(text.tokens.map(json)),
    ]
  }

  private static func json(_ token: WalkToken) -> JSON {
    ["text": .string(token.text), "id": .int(Int(token.id))]
  }

  private static func json(_ step: WalkStep) -> JSON {
    [
      "input": json(step.input), "output": json(step.output), "weights": .floats(step.weights),
      "logits": .floats(step.logits), "logProbability": .float(-step.loss),
      "rank": .int(step.rank),
      "best": .array(
        step.best.map { token in
          json(token).adding(["probability": .double(step.probability(of: token.id))])
        }),
    ]
  }

  private static func json(_ gradients: WalkGradients) -> JSON {
    [
      "logits": .rows(gradients.logits), "states": .rows(gradients.states),
      "embeddings": gradients.embeddings.isEmpty ? nil : .rows(gradients.embeddings),
      "norm": .double(gradients.norm),
      "parameters": json(gradients.parameters),
    ]
  }

  /// The norms of parameters and of their gradients.
  static func json(
    _ parameters: [(name: String, shape: [Int], norm: Double, gradient: Double)]
  ) -> JSON {
    .array(
      parameters.map { entry in
        [
          "name": .string(entry.name), "shape": .ints(entry.shape),
          "norm": .double(entry.norm), "gradient": .double(entry.gradient),
        ]
      })
  }
}

extension WalkExample {
  /// What is read, for programs.
  var json: JSON {
    switch self {
    case .text(let text): ["source": Walk.json(text)]
    case .image(let image): image.json
    case .rows(let rows): rows.json
    }
  }
}

extension WalkRows {
  /// The rows as the file has them and as the model reads them.
  fileprivate var json: JSON {
    [
      "features": .string(name), "stored": .rows(stored), "rows": .rows(numbers),
      "mean": .floats(preparation.mean), "deviation": .floats(preparation.deviation),
    ]
  }
}

extension WalkEncoder {
  /// What the object of a walk has of the encoder's family.
  var json: JSON {
    switch self {
    case .recurrent(let walk): walk.json
    case .transformer(let walk): walk.json
    case .vision(let walk, let states):
      walk.json(rows: states.count).adding(["states": .rows(states)])
    case .convolutional(let walk, let states): walk.json.adding(["states": .rows(states)])
    case .features(let states): ["states": .rows(states)]
    }
  }

  /// What the object of gradients has of it.
  var gradientsJSON: JSON {
    switch self {
    case .recurrent(let walk): walk.gradientsJSON
    case .transformer(let walk): walk.gradientsJSON
    case .vision, .convolutional, .features: .object([JSON.Member]())
    }
  }
}

extension WalkDecoder {
  /// What the object of a walk has of the decoder's family.
  fileprivate var json: JSON {
    switch self {
    case .recurrent(let walk): walk.json
    case .transformer(let walk): walk.json
    }
  }

  /// What the object of a step has of it.
  fileprivate func json(at step: Int) -> JSON {
    switch self {
    case .recurrent(let walk): walk.json(at: step)
    case .transformer(let walk): walk.json(at: step)
    }
  }

  /// What the object of gradients has of it.
  fileprivate var gradientsJSON: JSON {
    switch self {
    case .recurrent(let walk): walk.gradientsJSON
    case .transformer(let walk): walk.gradientsJSON
    }
  }
}

extension JSON {
  /// Vectors.
  static func rows(_ vectors: [[Float]]) -> JSON {
    .array(vectors.map { .floats($0) })
  }
}
