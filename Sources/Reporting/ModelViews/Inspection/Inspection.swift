import DragomanModels
import DragomanSystem
import DragomanFormats
import DragomanTensor
import DragomanText
import DragomanTraining
package import DragomanTranslation

/// What is in a model file, or in any other safetensors file.
package struct Inspection {
  /// A part of what can be told.
  package enum Part: Sendable, CaseIterable {
    /// What most people want to know.
    case summary
    /// Every tensor with its statistics.
    case tensors
    /// Every entry of the vocabularies.
    case vocabulary
    /// The configuration of the run.
    case configuration
    /// Every validation.
    case history
  }

  let file: SafetensorsReader
  /// The model, if the file is one.
  package let saved: SavedModel?
  let record: TrainingRecord?
  /// In how many bits weights were rounded; `nil` if they are as they were trained.
  let precision: PrecisionRecord?
  /// The statistics of each tensor; `nil` where the type's values are not plain numbers.
  let statistics: [TensorStatistics?]

  /// The losses that the run's log beside the file tells of, up to the update of the file.
  let losses: [(update: Int, loss: Double)]
  /// What is wrong with that log; there are no losses then.
  let logProblem: String?

  /// Reads a file; one that is a model is checked as one.
  ///
  /// A run's folder stands for its best model, or its last.
  package init(path: String) throws {
    let path = try RunFolder.model(at: path)
    file = try SafetensorsReader(path: path)
    saved =
      file.metadata[ModelFileKey.format] == nil
      ? nil : try SavedModel(file, allowingNonFinite: true)
    // Without its format, a model that is damaged there would pass for a file of someone else's.
    if saved == nil, file.metadata[SafetensorsReader.checksumKey] != nil {
      try file.verifyChecksum()
    }
    precision = try saved == nil ? nil : PrecisionRecord(of: file)
    record = saved.flatMap { TrainingRecord($0.stored.record) }
    do {
      losses = try record.map { try Self.losses(beside: path, until: $0.updates) } ?? []
      logProblem = nil
    } catch {
      (losses, logProblem) = ([], "\(error)")
    }
    statistics = try file.tensors.map { [file] in try TensorStatistics($0, of: file) }
  }

  /// Whether the file can be resumed.
  var isResumable: Bool { file.metadata[ModelFileKey.state] != nil }

  /// Numbers in non-finite states over all tensors.
  var nonFinite: Int { statistics.reduce(0) { $0 + ($1?.nonFinite ?? 0) } }

  /// The parameters of each part of the model, in the order of the file: the first word of the names.
  var parts: [(name: String, count: Int)] {
    var parts: [(name: String, count: Int)] = []
    let own = Set(saved?.stored.layout.entries.map(\.name) ?? file.tensors.map(\.name))
    for tensor in file.tensors where own.contains(tensor.name) {
      let name = tensor.name.split(separator: ".").first.map(String.init) ?? tensor.name
      if let index = parts.firstIndex(where: { $0.name == name }) {
        parts[index].count += tensor.count
      } else {
        parts.append((name, tensor.count))
      }
    }
    return parts
  }

  /// The model, if the file is one that writes.
  package var model: ModelFile? {
    switch saved {
    case .translation(let file): file
    case .classification, .captioning, nil: nil
    }
  }

  /// What makes numbers of text, by the side that it is for.
  var codecs: [(side: String, codec: TextCodec)] { saved?.codecs ?? [] }

  private static func losses(
    beside path: String, until update: Int
  ) throws -> [(update: Int, loss: Double)] {
    let log = "\(Files.directory(of: path))/log.jsonl"
    guard Files.exists(log) else { return [] }
    return try RunLog.entries(of: log).compactMap { entry in
      guard case .updated(let figures) = entry.event, figures.update <= update else { return nil }
      return (figures.update, figures.loss)
    }
  }
}
