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
  package static func of(_ paths: [String]) throws -> SavedModel {
    precondition(!paths.isEmpty, "the average of no models")
    for path in paths {
      if let precision = try PrecisionRecord(of: SafetensorsReader(path: path)) {
        throw ModelAverageError.rounded(path: path, precision: precision.words)
      }
    }
    let first = try SavedModel(path: paths[0])
    return try first.averaged(try mean(of: paths, first), count: paths.count)
  }

  /// The mean weights, and the record of the model with the most updates.
  private static func mean(
    of paths: [String], _ model: SavedModel
  ) throws -> (weights: Parameters, record: JSON) {
    let first = model.stored
    var sums = [Double](repeating: 0, count: first.weights.slab.count)
    var record = first.record
    for (index, path) in paths.enumerated() {
      let other = index == 0 ? model : try SavedModel(path: path)
      try require(other, path, fits: model, paths[0])
      let file = other.stored
      for (place, weight) in file.weights.slab.elements.enumerated() {
        sums[place] += Double(weight)
      }
      if file.record["updates"]?.int ?? 0 > record["updates"]?.int ?? 0 { record = file.record }
    }
    let weights = Parameters(layout: first.layout)
    weights.slab.write(sums.map { Float($0 / Double(paths.count)) }, at: 0)
    return (weights, record)
  }

  private static func require(
    _ model: SavedModel, _ path: String, fits first: SavedModel, _ firstPath: String
  ) throws(ModelAverageError) {
    switch (model, first) {
    case (.translation(let file), .translation(let other)):
      try require(file, path, fits: other, firstPath)
    case (.classification(let file), .classification(let other)):
      try require(file, path, fits: other, firstPath)
    case (.captioning(let file), .captioning(let other)):
      try require(file, path, fits: other, firstPath)
    case (.translation, _), (.classification, _), (.captioning, _):
      throw .otherArchitecture(path: path, first: firstPath, key: "task")
    }
  }

  private static func require(
    _ file: CaptionerFile, _ path: String, fits first: CaptionerFile, _ firstPath: String
  ) throws(ModelAverageError) {
    var configuration = file.trained.model.configuration
    let expected = first.trained.model.configuration
    configuration.dropout = expected.dropout
    configuration.attention.doublyStochastic = expected.attention.doublyStochastic
    if let key = configuration.differences(from: expected).first {
      throw .otherArchitecture(path: path, first: firstPath, key: "model.\(key)")
    }
    guard file.trained.reading.input == first.trained.reading.input else {
      throw .otherArchitecture(path: path, first: firstPath, key: "data")
    }
    let (own, other) = (file.trained.target, first.trained.target)
    if own != other {
      throw .otherVocabulary(
        path: path, first: firstPath, side: "target", found: own.vocabulary.count,
        expected: other.vocabulary.count)
    }
  }

  private static func require(
    _ file: ClassifierFile, _ path: String, fits first: ClassifierFile, _ firstPath: String
  ) throws(ModelAverageError) {
    var configuration = file.trained.model.configuration
    configuration.dropout = first.trained.model.configuration.dropout
    if let key = configuration.differences(from: first.trained.model.configuration).first {
      throw .otherArchitecture(path: path, first: firstPath, key: "classifier.\(key)")
    }
    guard file.trained.labels == first.trained.labels else {
      throw .otherClasses(path: path, first: firstPath)
    }
    let (own, other) = (file.trained.codec, first.trained.codec)
    if own != other {
      throw .otherVocabulary(
        path: path, first: firstPath, side: "source", found: own?.vocabulary.count ?? 0,
        expected: other?.vocabulary.count ?? 0)
    }
  }

  private static func require(
    _ file: ModelFile, _ path: String, fits first: ModelFile, _ firstPath: String
  ) throws(ModelAverageError) {
    var configuration = file.model.configuration
    configuration.dropout = first.model.configuration.dropout
    configuration.attention.doublyStochastic =
      first.model.configuration.attention.doublyStochastic
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

extension SavedModel {
  /// The same model with mean weights, whose record says how many there were.
  fileprivate func averaged(
    _ mean: (weights: Parameters, record: JSON), count: Int
  ) throws -> SavedModel {
    let members = (mean.record.members ?? []).filter { $0.name != "averaged" }
    let record = JSON.object(members + [.init(name: "averaged", value: .int(count))])
    switch self {
    case .translation(let file):
      return .translation(
        ModelFile(
          TrainedModel(
            file.model, mean.weights, source: file.source, target: file.target),
          configuration: file.configuration, record: record, learnt: file.learnt))
    case .classification(let file):
      return .classification(
        ClassifierFile(
          TrainedClassifier(
            file.trained.model, mean.weights, reading: file.trained.reading,
            labels: file.trained.labels),
          configuration: file.configuration, record: record, learnt: file.learnt))
    case .captioning(let file):
      return .captioning(
        CaptionerFile(
          TrainedCaptioner(
            file.trained.model, mean.weights, reading: file.trained.reading,
            target: file.trained.target),
          configuration: file.configuration, record: record))
    }
  }
}

/// Why models cannot be averaged.
package enum ModelAverageError: Error, Equatable {
  /// Two models were built in two ways.
  case otherArchitecture(path: String, first: String, key: String)
  /// Two models read or write with two vocabularies.
  case otherVocabulary(path: String, first: String, side: String, found: Int, expected: Int)
  /// Two classifiers know other classes.
  case otherClasses(path: String, first: String)
  /// A model's weights are stored in fewer bits.
  case rounded(path: String, precision: String)
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
        \(path): the \(side) vocabulary or tokenizer (\(Words.count(found, "entry", plural: "entries"))) is another \
        one than in \(first) (\(Words.count(expected, "entry", plural: "entries"))). \(advice)
        """
    case .otherClasses(let path, let first):
      return "\(path): its classes are other ones than those of \(first). \(advice)"
    case .rounded(let path, let precision):
      return """
        \(path): its weights are \(precision), and rounding loses more than averaging wins. Average the models that \
        were exported, then export their average.
        """
    }
  }
}
