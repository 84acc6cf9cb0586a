import DragomanModels
package import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

extension Inspection {
  /// Everything, for machines.
  package var json: JSON {
    var members: [(String, JSON)] = [
      ("file", .string(file.path)), ("isModel", .bool(model != nil)),
      ("isResumable", .bool(isResumable)),
      ("parameters", .int(parts.reduce(0) { $0 + $1.count })),
      ("parts", .object(parts.map { ($0.name, .int($0.count)) })),
      ("nonFinite", .int(nonFinite)),
      ("tensors", .array(zip(file.tensors, statistics).map { Self.tensor($0, $1) })),
    ]
    if let model {
      members.append(
        ("architecture", .string(ModelDescription.sentence(model.model.configuration))))
      members.append(("configuration", model.configuration))
      members.append(("record", model.record))
      members.append(
        (
          "losses",
          .array(
            losses.map { .object([("update", .int($0.update)), ("loss", .double($0.loss))]) })
        ))
      if let logProblem { members.append(("logProblem", .string(logProblem))) }
      members.append(
        (
          "vocabularies",
          .object(
            codecs.map { side, codec in
              (
                side,
                .object([
                  ("kind", .string(codec.tokenizer.kind.rawValue)),
                  ("tokens", .array(codec.vocabulary.tokens.map { .string($0) })),
                ])
              )
            })
        ))
    } else {
      let metadata = file.metadata.sorted { $0.key < $1.key }
      members.append(("metadata", .object(metadata.map { ($0.key.text, .string($0.value)) })))
    }
    return .object(members)
  }

  private static func tensor(
    _ tensor: SafetensorsReader.Tensor, _ statistics: TensorStatistics?
  ) -> JSON {
    var members: [(String, JSON)] = [
      ("name", .string(tensor.name)), ("type", .string(tensor.type.rawValue)),
      ("shape", .array(tensor.shape.map { .int($0) })), ("bytes", .int(tensor.bytes.count)),
    ]
    if let statistics, statistics.count > 0 {
      members += [
        ("mean", .double(statistics.mean)), ("deviation", .double(statistics.deviation)),
        ("minimum", .double(statistics.minimum)), ("maximum", .double(statistics.maximum)),
        ("norm", .double(statistics.norm)),
      ]
    }
    if let statistics { members.append(("nonFinite", .int(statistics.nonFinite))) }
    return .object(members)
  }
}
