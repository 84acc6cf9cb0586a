import DragomanFormats
import DragomanTensor
import DragomanTranslation

/// Writes the model of a run, and reads back the one a run goes on from.
///
/// A file that can be resumed is a model file that holds, besides, the optimizer's moments
/// (`optimizer.first.…`, `optimizer.second.…`), the average of the weights (`average.…`) if there is one, and the
/// position in the metadata: one file, so that two moments in time can never be mixed.
enum Checkpoint {
  /// Writes the model of a run, with everything needed to resume it if asked for.
  static func write(_ trainer: Trainer, resumable: Bool, to path: String) throws {
    let file = ModelFile(
      configuration: trainer.configuration.json, source: trainer.data.source,
      target: trainer.data.target, record: trainer.record.json, model: trainer.model,
      weights: resumable ? trainer.weights : trainer.evaluated)
    let average = trainer.average.map { [("average", $0.values)] } ?? []
    try file.write(
      to: path,
      moments: resumable
        ? trainer.optimizer.moments.map { ("optimizer.\($0.name)", $0.values) } + average : [],
      state: resumable
        ? [
          "position": trainer.position.json, "batchTokens": .int(trainer.batchTokens),
          "data": .string(trainer.data.fingerprint),
        ] : nil)
  }
}
