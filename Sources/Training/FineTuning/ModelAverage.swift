import DragomanModels
import DragomanFormats
import DragomanTensor
import DragomanText
package import DragomanTranslation

/// The mean of several models' weights.
///
///     w̄ = (1 / n) Σ_i w_i        summed in Double, in the order of the files
///
/// Checkpoints of one run, or of runs that began with the same weights, can be averaged; models that were
/// trained apart from each other have their numbers in other places, and their mean is worth nothing.
package enum ModelAverage {
  /// Averages the models in these files, which must have one architecture and the same vocabularies.
  ///
  /// Configuration and vocabularies are those of the first one; the record is that of the model with the
  /// most updates, with the number of models as `averaged`. One file at a time is in memory.
  ///
  /// - Throws: ``ModelAverageError``, and what goes wrong when a file is read.
  /// - Precondition: there is a file.
  package static func of(_ paths: [String]) throws -> ModelFile {
    precondition(!paths.isEmpty, "the average of no models")
    let first = try ModelFile(path: paths[0])
    var sums = [Double](repeating: 0, count: first.weights.slab.count)
    var record = first.record
    for (index, path) in paths.enumerated() {
      let file = index == 0 ? first : try ModelFile(path: path)
      try require(file, path, fits: first, paths[0])
      for (place, weight) in file.weights.slab.elements.enumerated() {
        guard weight.isFinite else { throw ModelAverageError.notFinite(path: path) }
        sums[place] += Double(weight)
      }
      if file.record["updates"]?.int ?? 0 > record["updates"]?.int ?? 0 { record = file.record }
    }
    let weights = Parameters(layout: first.model.layout)
    weights.slab.write(sums.map { Float($0 / Double(paths.count)) }, at: 0)
    let members = (record.members ?? []).filter { $0.name != "averaged" }
    return ModelFile(
      TrainedModel(first.model, weights, source: first.source, target: first.target),
      configuration: first.configuration,
      record: .object(members + [.init(name: "averaged", value: .int(paths.count))]))
  }

  private static func require(
    _ file: ModelFile, _ path: String, fits first: ModelFile, _ firstPath: String
  ) throws(ModelAverageError) {
    var configuration = file.model.configuration
    configuration.dropout = first.model.configuration.dropout
    if let key = configuration.differences(from: first.model.configuration).first {
      throw .otherArchitecture(path: path, first: firstPath, key: "model.\(key)")
    }
    for (side, own, other) in [
      ("source", file.source, first.source), ("target", file.target, first.target),
    ] where own != other {
      throw .otherVocabulary(
        path: path, first: firstPath, side: side, found: own.vocabulary.count,
        expected: other.vocabulary.count)
    }
  }
}

/// Why models cannot be averaged.
package enum ModelAverageError: Error, Equatable {
  /// Two models were built in two ways.
  case otherArchitecture(path: String, first: String, key: String)
  /// Two models read or write with two vocabularies.
  case otherVocabulary(path: String, first: String, side: String, found: Int, expected: Int)
  /// A weight is no number.
  case notFinite(path: String)
}

extension ModelAverageError: CustomStringConvertible {
  /// What is wrong, and what to do.
  package var description: String {
    let advice = "Average checkpoints of one run, or of runs that went on from the same model."
    switch self {
    case .otherArchitecture(let path, let first, let key):
      return "\(path): \(key) is another one than in \(first). \(advice)"
    case .otherVocabulary(let path, let first, let side, let found, let expected):
      return """
        \(path): the \(side) vocabulary or tokenizer (\(found) entries) is another one than in \
        \(first) (\(expected) entries). \(advice)
        """
    case .notFinite(let path):
      return "\(path): a weight is infinite or no number. Leave this file out."
    }
  }
}
