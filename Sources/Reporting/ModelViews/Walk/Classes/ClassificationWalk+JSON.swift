package import DragomanFormats
import DragomanImages
import DragomanLayers
import DragomanModels
package import DragomanTranslation

extension ClassificationWalk {
  /// Every number of the walk, for programs.
  package var json: JSON {
    let own: JSON = [
      "label": .string(labels[best]), "target": .string(labels[target]),
      "isForced": .bool(isForced), "architecture": configuration.json,
      "classes": .array(
        ranking.map { label in
          [
            "label": .string(labels[label]), "logit": .double(Double(logits[label])),
            "probability": .double(probability(of: label)),
          ]
        }),
      "loss": .double(Double(loss)), "pooling": pooling.json,
      "gradients": gradients.map(gradientsJSON),
    ]
    return example.json.adding(own).adding(encoderJSON)
  }

  private var encoderJSON: JSON {
    let states = JSON.object([("states", .rows(states))])
    switch encoder {
    case .sequence(let encoder):
      let embeddings = JSON.object(
        encoder.embeddings.isEmpty ? [] : [("embeddings", .rows(encoder.embeddings))])
      let own = embeddings.adding(encoder.json)
      // That of a Transformer has its states among its numbers.
      return own["states"] == nil ? own.adding(states) : own
    case .vision(let encoder): return encoder.json(rows: self.states.count).adding(states)
    case .convolutional(let encoder): return encoder.json.adding(states)
    }
  }
}

extension WalkImage {
  /// The image as the model reads it.
  var json: JSON {
    [
      "image": .string(name), "pixels": numbers.json,
      "mean": .floats(normalization.mean), "deviation": .floats(normalization.deviation),
      "places": .ints([places.height, places.width]),
    ]
  }
}

extension WalkPooling {
  fileprivate var json: JSON {
    [
      "kind": .string(kind.rawValue), "scores": scores.map { .floats($0) },
      "weights": weights.map { .floats($0) }, "pooled": .floats(pooled),
    ]
  }
}

extension ClassificationWalk {
  fileprivate func gradientsJSON(_ gradients: ClassificationWalkGradients) -> JSON {
    let own: JSON = [
      "logits": .floats(gradients.logits), "pooled": .floats(gradients.pooled),
      "weights": gradients.weights.map { .floats($0.weights) },
      "scores": gradients.weights.map { .floats($0.scores) },
      "states": .rows(gradients.states), "norm": .double(gradients.norm),
      "embeddings": gradients.embeddings.isEmpty ? nil : .rows(gradients.embeddings),
      "parameters": Walk.json(gradients.parameters),
    ]
    guard case .sequence(let encoder) = encoder else { return own }
    return own.adding(encoder.gradientsJSON)
  }
}

// MARK: - Images

extension WalkGrid {
  /// Lines of pixels of channels.
  fileprivate var json: JSON {
    .array(
      (0..<height).map { line in .rows(Array(rows[(line * width)..<((line + 1) * width)])) })
  }
}

extension VisionEncoderWalk {
  /// What layers read, and what they did.
  func json(rows: Int) -> JSON {
    [
      "reads": .array((0..<rows).map { input.json(at: $0) }),
      "encoder": .array(layers.map { parts in .array(parts.map { $0.rowsJSON(rows) }) }),
    ]
  }
}

extension ConvolutionalEncoderWalk {
  /// What each stage did.
  var json: JSON { ["stages": .array(stages.map(\.json))] }
}

extension ConvolutionalStageWalk {
  fileprivate var json: JSON {
    JSON.object([("name", .string(name))]).adding(unit.json).adding([
      "squeeze": squeeze?.json, "added": added?.json, "attention": attention?.json,
      "pooled": pooled?.json,
    ])
  }
}

extension WalkUnit {
  fileprivate var json: JSON {
    [
      "convolved": convolved.json, "normalized": normalized?.json, "activated": activated?.json,
    ]
  }
}

extension WalkSqueeze {
  fileprivate var json: JSON {
    [
      "mean": .floats(mean), "hidden": .floats(hidden.before), "activated": .floats(hidden.after),
      "scores": .floats(scores), "factors": .floats(factors), "output": output.json,
    ]
  }
}

extension WalkStageAttention {
  fileprivate var json: JSON {
    switch self {
    case .block(let block): block.json
    case .half(let split, let blocks, let merge):
      [
        "split": split.json, "blocks": .array(blocks.map(\.json)), "merge": merge.json,
      ]
    }
  }
}

extension WalkAttentionBlock {
  fileprivate var json: JSON {
    let own: JSON = [
      "name": .string(name), "queries": attention.queries.json, "keys": attention.keys.json,
      "values": attention.values.json,
      "heads": .array(attention.views.map { .array($0.map(\.json)) }),
      "result": attention.result.json, "positions": attention.term.output.json,
      "sum": attention.sum.json, "projected": attention.output.output.json,
    ]
    return own.adding([
      "attended": attended.json, "inner": inner.output.json, "outer": outer.output.json,
      "output": output.json,
    ])
  }
}
