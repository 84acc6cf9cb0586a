import DragomanModels
package import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

extension Inspection {
  /// Everything, for machines.
  package var json: JSON {
    let own: JSON = [
      "file": .string(file.path), "isModel": .bool(saved != nil),
      "isResumable": .bool(isResumable), "parameters": .int(parts.reduce(0) { $0 + $1.count }),
      "parts": .object(parts.map { ($0.name, .int($0.count)) }), "nonFinite": .int(nonFinite),
      "tensors": .array(zip(file.tensors, statistics).map { Self.tensor($0, $1) }),
    ]
    guard let saved else {
      let metadata = file.metadata.sorted { $0.key < $1.key }
      return own.adding([
        "metadata": .object(metadata.map { ($0.key.text, .string($0.value)) })
      ])
    }
    return own.adding([
      "architecture": .string(saved.architecture),
      "precision": precision?.json,
      "configuration": saved.stored.configuration, "record": saved.stored.record,
      "labels": saved.labels.map { .strings($0) },
      "losses": .array(losses.map { ["update": .int($0.update), "loss": .double($0.loss)] }),
      "logProblem": logProblem.map { .string($0) },
      "vocabularies": .object(
        codecs.map { side, codec in
          (
            side,
            [
              "kind": .string(codec.tokenizer.kind.rawValue),
              "tokens": .strings(codec.vocabulary.tokens),
            ]
          )
        }),
    ])
  }

  private static func tensor(
    _ tensor: SafetensorsReader.Tensor, _ statistics: TensorStatistics?
  ) -> JSON {
    let own: JSON = [
      "name": .string(tensor.name), "type": .string(tensor.type.rawValue),
      "shape": .ints(tensor.shape), "bytes": .int(tensor.bytes.count),
    ]
    guard let statistics else { return own }
    let isEmpty = statistics.count == 0
    func figure(_ value: Double) -> JSON? { isEmpty ? nil : .double(value) }
    return own.adding([
      "mean": figure(statistics.mean), "deviation": figure(statistics.deviation),
      "minimum": figure(statistics.minimum), "maximum": figure(statistics.maximum),
      "norm": figure(statistics.norm), "nonFinite": .int(statistics.nonFinite),
    ])
  }
}
