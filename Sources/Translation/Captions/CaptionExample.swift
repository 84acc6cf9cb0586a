package import DragomanImages
import DragomanModels

/// Something that a captioning model writes about: an image, or rows of features, as it reads them.
package struct CaptionExample: Sendable {
  /// What it is called: its file, with its number where a file has several.
  package let name: String
  /// The image in the size of the model; `nil` of features.
  package let image: Image?
  /// `[H·W·C]` of an image, or `[R, d]` of features; normalised.
  let numbers: [Float]

  /// An image that has the size of the model.
  package init(_ name: String, fitted image: Image, _ preparation: ImagePreparation) {
    (self.name, self.image) = (name, image)
    numbers = preparation.normalization.applied(to: image)
  }

  /// An image of any size.
  package init(_ name: String, _ image: Image, _ preparation: ImagePreparation) {
    let fitted = ImagePreparation.fitted(image, to: preparation.shape, preparation.fit)
    // Through bytes, as training keeps them.
    self.init(
      name,
      fitted: Image(
        height: fitted.height, width: fitted.width, channels: fitted.channels, bytes: fitted.bytes),
      preparation)
  }

  /// Rows as they are stored, `[R, d]`.
  package init(_ name: String, rows: [Float], _ preparation: FeaturePreparation) {
    (self.name, image) = (name, nil)
    numbers = preparation.numbers(of: rows)
  }
}

extension SourceReading {
  /// Takes the examples that a file holds, one after the other as they are read: one image or one list of rows, or all
  /// of those in arrays.
  ///
  /// - Throws: what is wrong with the file, and what `body` throws.
  /// - Precondition: what is read is not text.
  package func forEachExample(
    path: String, _ body: (CaptionExample) throws -> Void
  ) throws {
    switch self {
    case .texts: preconditionFailure("the images of texts")
    case .images(let preparation):
      try ImageStack.forEachImage(path: path) { try body(CaptionExample($0, $1, preparation)) }
    case .features(let preparation):
      let file = try FeatureFile(path: path)
      try file.require(size: preparation.size, "the model reads them")
      for index in 0..<file.count {
        try body(
          CaptionExample(file.name(at: index), rows: try file.rows(at: index), preparation))
      }
    }
  }

  /// All examples that a file holds.
  ///
  /// - Throws: what is wrong with the file.
  /// - Precondition: what is read is not text.
  package func examples(path: String) throws -> [CaptionExample] {
    var examples: [CaptionExample] = []
    try forEachExample(path: path) { examples.append($0) }
    return examples
  }

  /// Examples as the source of a batch.
  func source(_ examples: some Collection<CaptionExample>) -> Source {
    switch self {
    case .texts: preconditionFailure("the images of texts")
    case .images(let preparation): .images(examples.flatMap(\.numbers), preparation.shape)
    case .features(let preparation):
      .features(FeatureRows(examples.lazy.map(\.numbers), size: preparation.size))
    }
  }
}
