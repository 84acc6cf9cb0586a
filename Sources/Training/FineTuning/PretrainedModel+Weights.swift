import DragomanFormats
import DragomanModels
import DragomanTensor
import DragomanText
import DragomanTranslation

extension PretrainedModel {
  /// Puts the model's weights into those of a model whose vocabularies begin with its own; rows of new
  /// entries stay as they are.
  func copyWeights(to weights: Parameters, _ layout: ParameterLayout) {
    let old = saved.stored
    for (new, own) in zip(layout.entries, old.layout.entries) {
      copy(own, of: old, to: new, of: weights)
    }
  }

  /// Puts into the weights of a classifier what the model has of it: everything but the scores of classes that it does
  /// not know, or the encoder of a model that translates.
  func copyWeights(to weights: Parameters, of model: Classifier, labels: [String]) {
    let old = saved.stored
    let known = old.layout.entries.reduce(into: [:]) { $0[Self.name(of: $1, saved)] = $1 }
    for new in model.layout.entries {
      guard let own = known[new.name] else { continue }
      if new.name.hasPrefix("head.") {
        copyScores(own, of: old, to: new, of: weights, labels)
      } else {
        copy(own, of: old, to: new, of: weights)
      }
    }
  }

  /// Puts into the weights of a captioning model what the model has of it, by name: everything, or the encoder of a
  /// classifier.
  func copyWeights(toCaptioner weights: Parameters, _ layout: ParameterLayout) {
    let old = saved.stored
    for (new, own) in captionerEntries(layout) {
      // Patches without a row for the image as a whole come one place earlier.
      let isShifted = own.shape.count == 2 && own.shape[0] == new.shape[0] + 1
      guard isShifted, new.name == "encoder.positions" else {
        copy(own, of: old, to: new, of: weights)
        continue
      }
      weights[new.handle].write(
        old.weights[own.handle].rows(1..<own.shape[0]).elements, at: 0)
    }
  }

  /// The parameters of a captioning model that the model has as well.
  private func captionerEntries(
    _ layout: ParameterLayout
  ) -> [(new: ParameterLayout.Entry, own: ParameterLayout.Entry)] {
    let known = saved.stored.layout.entries.reduce(into: [:]) { $0[$1.name] = $1 }
    return layout.entries.compactMap { new in known[new.name].map { (new, $0) } }
  }

  /// Copies the rows of a matrix, or the elements of a vector, of the classes that both models know.
  private func copyScores(
    _ own: ParameterLayout.Entry, of old: any StoredModel, to new: ParameterLayout.Entry,
    of weights: Parameters, _ labels: [String]
  ) {
    guard case .classification(let file) = saved else { return }
    let numbers = ClassLabels(file.trained.labels)
    let (source, target) = (old.weights[own.handle], weights[new.handle])
    for (row, label) in labels.enumerated() {
      guard let number = numbers.number(of: label).map({ Int($0) }) else { continue }
      if new.shape.count == 1 {
        target[0, row] = source[0, number]
      } else {
        target.rows(row..<(row + 1))
          .write(source.rows(number..<(number + 1)).elements, at: 0)
      }
    }
  }

  /// What a parameter is called in a classifier: languages that share their word vectors have them outside of the
  /// encoder.
  private static func name(of entry: ParameterLayout.Entry, _ saved: SavedModel) -> String {
    if case .translation = saved, entry.name == "embedding" { return "encoder.embedding" }
    return entry.name
  }

  private func copy(
    _ own: ParameterLayout.Entry, of old: any StoredModel, to new: ParameterLayout.Entry,
    of weights: Parameters
  ) {
    let target = weights[new.handle].rows(0..<own.handle.rows).columns(0..<own.handle.columns)
    // Only vocabularies differ in size, which are rows of matrices and elements of vectors: this stays contiguous.
    target.write(old.weights[own.handle].elements, at: 0)
  }
}

// MARK: - What is told

extension PretrainedModel {
  /// What is told of the model once the new one is made.
  ///
  /// - Parameter limit: entries that a vocabulary may have.
  func origin(of model: SequenceModel, limit: Int) throws -> TrainingOrigin {
    let own = try translation.model
    return TrainingOrigin(
      path: path, newSourceEntries: model.sourceVocabulary - own.sourceVocabulary,
      newTargetEntries: model.targetVocabulary - own.targetVocabulary,
      limit: extendsVocabulary ? limit : nil,
      full: [("source", model.sourceVocabulary), ("target", model.targetVocabulary)]
        .filter { $0.1 >= limit }.map(\.0), classes: nil, precision: precision?.words)
  }

  /// The same of a captioning model.
  func origin(
    ofCaptioner model: SequenceModel, vocabulary: Int, limit: Int
  ) throws -> TrainingOrigin {
    var own: Int?
    if case .captioning(let file) = saved { own = file.trained.target.vocabulary.count }
    let entries = captionerEntries(model.layout)
    var origin = TrainingOrigin(
      path: path, newSourceEntries: 0, newTargetEntries: own.map { vocabulary - $0 } ?? 0,
      limit: extendsVocabulary ? limit : nil, full: vocabulary >= limit ? ["target"] : [],
      classes: nil)
    origin.precision = precision?.words
    if own == nil {
      origin.taken = TrainingOrigin.Taken(
        tensors: entries.count, parameters: entries.reduce(0) { $0 + $1.new.handle.count },
        all: model.layout.parameterCount)
    }
    return origin
  }

  /// The same of a classifier.
  func origin(_ data: ClassificationData, limit: Int) -> TrainingOrigin {
    let vocabulary = source?.vocabulary.count ?? 0
    let found = data.summary.sourceVocabulary
    var classes = TrainingOrigin.Classes(known: 0, new: data.labels.names.count, forgotten: nil)
    if case .classification(let file) = saved {
      let labels = ClassLabels(file.trained.labels)
      classes.known = data.labels.names.count { labels.number(of: $0) != nil }
      classes.new -= classes.known
      classes.forgotten = labels.names.count - classes.known
    }
    return TrainingOrigin(
      path: path, newSourceEntries: found - vocabulary, newTargetEntries: 0,
      limit: extendsVocabulary ? limit : nil, full: found >= limit ? ["source"] : [],
      classes: classes, precision: precision?.words)
  }
}
