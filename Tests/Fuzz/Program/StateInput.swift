import DragomanFuzzEntry
import DragomanFormats
import DragomanSystem
import DragomanTranslation

@testable import DragomanTraining

/// Checkpoints whose checksum is right and whose state lies: they are refused, or train on.
enum StateInput {
  private static let scratch = Scratch("state")
  private static let folder = RunFolder(name: "run", in: scratch.path)

  private static let configuration: RunConfiguration = {
    let letters = (0..<24).map { "abcdefgh".dropFirst($0 % 6).prefix(3).map { String($0) } }
    let lines = letters.map {
      "\($0.joined(separator: " "))\t\($0.reversed().joined(separator: " "))\n"
    }
    var configuration = RunConfiguration()
    configuration.name = "run"
    configuration.data.train = [.tsv(scratch.write("train.tsv", Array(lines.joined().utf8)))]
    configuration.data.validation = [
      .tsv(scratch.write("validation.tsv", Array(lines[..<4].joined().utf8)))
    ]
    configuration.tokenizer.kind = .word
    configuration.model.embedding = 4
    configuration.model.recurrentEncoder.hidden = 4
    configuration.model.recurrentDecoder.hidden = 4
    configuration.model.attention.size = 4
    configuration.training.batchTokens = 20
    configuration.training.epochs = 6
    configuration.training.onDivergence = .skip
    return configuration
  }()

  private static let template: StoredTensors = {
    do {
      let trainer = try Trainer(configuration, folder: folder, threads: 1)
      try trainer.run { trainer.position.update >= 8 }
      return try StoredTensors(path: folder.last)
    } catch { fatalError("a checkpoint: \(error)") }
  }()

  /// The checkpoint as it is.
  static var seeds: [[UInt8]] {
    let values = [ModelFileKey.state, ModelFileKey.record].map {
      Array((template.metadata[$0] ?? "").utf8)
    }
    return [Array(values.joined(separator: [0xFF]))]
  }

  /// The state, and behind a byte that is in no UTF-8 the record; three updates more, and a validation.
  static func resume(_ bytes: [UInt8]) {
    let template = template
    let parts = bytes.parts
    do {
      let inputs = zip([ModelFileKey.state, ModelFileKey.record], parts).map {
        (key: $0, bytes: $1)
      }
      try template.write(to: folder.last, changing: inputs)
      if Files.exists(folder.previous) { try Files.remove(folder.previous) }
    } catch { fatalError("an input: \(error)") }
    Promise.attempt {
      let trainer = try Trainer(configuration, folder: folder, resume: true, threads: 1)
      let start = trainer.position.update
      try trainer.run { trainer.position.update >= start + 3 }
      Promise.keep(
        trainer.position.update <= start + 3, "\(trainer.position.update) updates after \(start)")
    }
  }
}
