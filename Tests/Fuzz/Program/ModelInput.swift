import DragomanFuzzEntry
import DragomanFormats
import DragomanTestSupport
import DragomanTranslation

@testable import DragomanCommand

/// Model files whose checksum is right and whose metadata lie.
enum ModelInput {
  private static let scratch = Scratch("model")
  private static let keys = [
    ModelFileKey.configuration, ModelFileKey.source, ModelFileKey.target, ModelFileKey.labels,
    ModelFileKey.learnt,
    ModelFileKey.record, ModelFileKey.task, ModelFileKey.format, ModelFileKey.state,
  ]

  /// The models whose tensors the files have.
  private static let templates: [StoredTensors] = {
    let path = scratch.path + "/template.safetensors"
    do {
      return try [
        SmallModel.file(),
        SmallModel.file(score: .location, tokenizer: .character),
        ClassifierFile(
          SmallClassifier.texts(),
          configuration: [
            "name": "small", "task": "classification",
            "classifier": SmallClassifier.texts().model.configuration.json,
          ],
          record: ["updates": 3, "epochs": 1, "pairs": 12, "targetTokens": 40, "validations": []]),
        SmallCaptioner.file(SmallCaptioner.features()),
        SmallCaptioner.file(SmallCaptioner.images()),
      ].enumerated().map { (index, file: any StoredModel) in
        try file.write(to: "\(path)\(index)")
        return try StoredTensors(path: "\(path)\(index)")
      }
    } catch { fatalError("a template: \(error)") }
  }()

  /// Each template as it is.
  static var seeds: [[UInt8]] {
    templates.enumerated().map { index, template in
      let values = keys.dropLast().map { Array((template.metadata[$0] ?? "").utf8) }
      return [UInt8(index)] + values.joined(separator: [0xFF])
    }
  }

  /// The first byte chooses the tensors; the rest are values of the metadata.
  static func read(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let path = scratch.path + "/input.safetensors"
    do {
      try templates[Int(first) % templates.count].write(
        to: path,
        changing: Array(zip(keys, Array(bytes.dropFirst()).parts)).map { (key: $0, bytes: $1) })
    } catch { fatalError("an input: \(error)") }
    Promise.attempt {
      switch try SavedModel(path: path) {
      case .translation:
        _ = Program.run(["translate", path, "--threads", "1", "the cat"], .checking)
        _ = Program.run(["score", path, "--threads", "1", "the cat", "a b"], .checking)
      case .classification:
        _ = Program.run(["classify", path, "--threads", "1", "the cat"], .checking)
      case .captioning: break
      }
    }
    _ = Program.run(["inspect", path], .checking)
  }
}
