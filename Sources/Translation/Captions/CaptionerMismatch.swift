import DragomanFormats
import DragomanModels

/// Captioning models that cannot write together.
package struct CaptionerMismatch: Error, Equatable, CustomStringConvertible {
  /// The file of the model.
  package let path: String
  /// What differs from the first model.
  package let difference: String

  /// What is wrong, and what to do.
  package var description: String {
    "\(path): \(difference); models that caption together must be trained on the same data with the same tokenizer "
      + "and see the same regions, as runs with other seeds or checkpoints of one run do"
  }

  /// Throws if two models do not read, see and write alike.
  static func check(
    _ model: TrainedCaptioner, _ path: String, against other: TrainedCaptioner, _ first: String
  ) throws(CaptionerMismatch) {
    func refuse(_ difference: String) -> CaptionerMismatch {
      CaptionerMismatch(path: path, difference: difference)
    }
    if let difference = model.target.difference(from: other.target) {
      throw refuse("its vocabulary is not that of \(first): \(difference)")
    }
    switch (model.reading, other.reading) {
    case (.images(let own), .images(let expected)) where own == expected: break
    case (.features(let own), .features(let expected)) where own == expected: break
    default:
      let (own, expected) = (model.words, other.words)
      throw refuse(
        own == expected
          ? "it reads \(own) as \(first) does, but prepares them otherwise"
          : "it reads \(own), but \(first) \(expected)")
    }
    if let own = model.model.encoder.gridSize, let expected = other.model.encoder.gridSize,
      own != expected
    {
      throw refuse(
        "it sees \(own.height) × \(own.width) regions, but \(first) \(expected.height) × \(expected.width)"
      )
    }
  }
}

extension TrainedCaptioner {
  /// What it reads, in words.
  fileprivate var words: String {
    switch reading {
    case .texts: "texts"
    case .images(let preparation):
      "images of \(preparation.shape.height) × \(preparation.shape.width) pixels"
    case .features(let preparation): "rows of \(Words.count(preparation.size, "number"))"
    }
  }
}
