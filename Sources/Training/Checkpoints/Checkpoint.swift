import DragomanFormats
import DragomanSystem
import DragomanTensor
import DragomanTranslation

/// Everything that a run goes on from, as `last.safetensors` holds it.
///
/// It is a model file that holds, besides, the optimizer's moments (`optimizer.first.…`, `optimizer.second.…`), the
/// average of the weights (`average.…`) if there is one, and the position in the metadata: one file, so that two
/// moments in time can never be mixed. The reading stands beside this, in `Checkpoint+Reading.swift`.
struct Checkpoint {
  /// The model with the weights that are trained.
  let file: SavedModel
  let optimizer: Optimizer
  let average: ExponentialMovingAverage?
  let position: TrainingPosition
  let record: TrainingRecord
  /// Target tokens of a batch.
  let batchTokens: Int
  /// Pieces that each batch is cut into.
  let pieces: Int
  /// What the run's data were when it began.
  let fingerprint: String

  /// The names of the metadata's `dragoman.state`.
  enum Key {
    static let position = "position"
    static let batchTokens = "batchTokens"
    static let pieces = "pieces"
    static let fingerprint = "data"
  }

  /// What is kept of each weight, by what the names of its tensors begin with.
  static func companions(
    _ optimizer: Optimizer, _ average: ExponentialMovingAverage?
  ) -> [(name: String, values: Parameters)] {
    optimizer.moments.map { ("optimizer.\($0.name)", $0.values) }
      + (average.map { [("average", $0.values)] } ?? [])
  }
}

// MARK: - Writing

extension Checkpoint {
  /// What a run goes on from at this moment.
  init(_ state: TrainingState) {
    file = state.task.file(state.weights, record: state.record.json)
    (optimizer, average) = (state.optimizer, state.average)
    (position, record) = (state.position, state.record)
    (batchTokens, pieces) = (state.batchTokens, state.pieces)
    fingerprint = state.task.fingerprint
  }

  /// Writes the file, or leaves the one that was there.
  func write(
    to path: String, in folder: OpenFolder? = nil, keepingOldAs other: String? = nil
  ) throws {
    try file.stored.write(
      to: path, moments: Self.companions(optimizer, average),
      state: .object([
        (Key.position, position.json), (Key.batchTokens, .int(batchTokens)),
        (Key.fingerprint, .string(fingerprint)),
      ]).adding([
        // Only where batches are cut.
        Key.pieces: pieces == 1 ? nil : .int(pieces)
      ]), in: folder, keepingOldAs: other)
  }
}
