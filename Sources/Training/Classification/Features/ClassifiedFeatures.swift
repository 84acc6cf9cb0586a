import DragomanFormats
import DragomanModels
import DragomanText
import DragomanTranslation

/// Lists of rows of features, each with its class.
struct ClassifiedFeatures: Sendable {
  /// What is done to rows before the model reads them.
  let preparation: FeaturePreparation
  /// The examples of the data.
  private let examples: FeatureExamples
  /// The number of each example's class.
  let classes: [Int32]
  /// Which examples of the data these are.
  private let kept: [Int]

  /// Examples; those of more than `maximumRows` are left out and counted.
  init(
    _ examples: FeatureExamples, _ preparation: FeaturePreparation, classes: [Int32],
    maximumRows: Int = .max
  ) {
    precondition(
      classes.count == examples.count, "\(classes.count) classes of \(examples.count) examples")
    (self.examples, self.preparation) = (examples, preparation)
    kept = examples.lengths.indices.filter { examples.lengths[$0] <= maximumRows }
    self.classes = kept.map { classes[$0] }
  }

  /// The number of examples.
  var count: Int { kept.count }
  /// How many were left out because they are too long.
  var skippedAsTooLong: Int { examples.count - kept.count }
  /// The rows of all examples.
  var rows: Int { kept.reduce(0) { $0 + examples.lengths[$1] } }

  /// The lengths by which batches are made: those in rows.
  var lengths: BatchLengths {
    let lengths = kept.map { examples.lengths[$0] }
    return BatchLengths(source: lengths, target: lengths)
  }

  /// The rows of an example.
  func length(at index: Int) -> Int { examples.lengths[kept[index]] }

  /// The rows of an example as they are stored.
  func rows(at index: Int) throws -> [Float] { try examples.rows(at: kept[index]) }

  /// Some of the examples as a model reads them.
  func batch(
    _ indices: some Collection<Int32>
  ) throws -> (source: Source, classes: [Int32]) {
    var rows = FeatureRows([], size: preparation.size)
    for index in indices { rows.append(preparation.numbers(of: try self.rows(at: Int(index)))) }
    return (.features(rows), indices.map { classes[Int($0)] })
  }
}
