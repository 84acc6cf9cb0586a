package import DragomanFormats
import DragomanSystem
import DragomanText

/// The names of the classes that training examples have, each with its number.
struct ClassLabels: Sendable {
  /// The names in the order of their bytes.
  let names: [String]
  private let numbers: [ExactText: Int32]

  /// Names that are known, in the order of their numbers.
  init(_ names: [String]) {
    self.names = names
    numbers = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { (ExactText($1), Int32($0)) })
  }

  /// The names in the targets of a corpus: those that `order` has in its order, then others by their bytes.
  ///
  /// - Throws: a ``ClassificationError`` if there is only one, or if nearly every example has its own.
  init(
    _ corpus: ParallelCorpus, file: String, order: [String] = []
  ) throws(ClassificationError) {
    let found = Set(corpus.lazy.map { ExactText(Self.name($0.target)) })
    let first = order.filter { found.contains(ExactText($0)) }
    self.init(first + found.subtracting(first.map { ExactText($0) }).sorted().map(\.text))
    guard names.count > 1 else {
      throw .oneClass(file: file, name: names.first ?? "", examples: corpus.count)
    }
    guard names.count <= max(100, corpus.count / 2) else {
      throw .asManyClasses(file: file, classes: names.count, examples: corpus.count)
    }
  }

  /// The number of a class; `nil` of one that no training example has.
  func number(of label: String) -> Int32? { numbers[ExactText(Self.name(label))] }

  /// The numbers of the classes of a corpus.
  ///
  /// - Throws: ``ClassificationError/unknownClass(place:name:nearest:known:)``.
  func numbers(of corpus: ParallelCorpus) throws(ClassificationError) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(corpus.count)
    for (index, pair) in corpus.enumerated() {
      guard let number = number(of: pair.target) else {
        let name = Self.name(pair.target)
        throw .unknownClass(
          place: corpus.place(of: index), name: name,
          nearest: Suggestion.nearest(to: name, among: names), known: names.count)
      }
      result.append(number)
    }
    return result
  }

  /// A name without spaces at its ends.
  static func name(_ text: String) -> String {
    var name = Substring(text)
    while let last = name.unicodeScalars.last, last.properties.isWhitespace {
      name.unicodeScalars.removeLast()
    }
    while let first = name.unicodeScalars.first, first.properties.isWhitespace {
      name.unicodeScalars.removeFirst()
    }
    return String(name)
  }
}

/// What is wrong with the classes of examples.
package enum ClassificationError: Error, Equatable {
  /// All training examples have the same class.
  case oneClass(file: String, name: String, examples: Int)
  /// There are so many classes that the column is hardly one of classes.
  case asManyClasses(file: String, classes: Int, examples: Int)
  /// An example has a class that no training example has.
  case unknownClass(place: String, name: String, nearest: String?, known: Int)
  /// A weight is given to a class that no training example has.
  case weightOfUnknownClass(name: String, nearest: String?, known: Int)
  /// An image cannot be read.
  case image(place: String, reason: String)
  /// The images are not of a size that the encoder reads.
  case imageSize(String, encoder: String = "classifier.encoder")
  /// All images together take more memory than anybody means.
  case manyPixels(images: Int, height: Int, width: Int)
  /// There are other channels than means or deviations.
  case otherChannels(key: String, found: Int, channels: Int)
  /// A file of features cannot be read.
  case features(place: String, reason: String)
  /// There are other columns than means or deviations.
  case otherColumns(key: String, found: Int, columns: Int)
  /// Rows of features are of another size than the encoder states.
  case otherRowSize(stated: Int, found: Int, encoder: String = "classifier.encoder")
  /// Rows of features are of another size than those that the model of `--from` reads.
  case otherRowsThanModel(size: Int, found: Int)
  /// Rows of features are of a size that does not go with the rest of the model, which only the data tell.
  case rowConflict(found: Int, ConfigurationConflict)
  /// A part of the data has no example that can be used.
  case noExamples(role: String, skipped: Int)
}

extension ClassificationError: CustomStringConvertible {
  /// What is wrong, and what to do.
  package var description: String {
    switch self {
    case .oneClass(let file, let name, let examples):
      """
      \(file): expected examples of at least two classes, found \(NumberText.grouped(examples)) of the class \
      \(Excerpt.quoted(name)) alone. Look at data.columns: the text is column `source`, the class column `target`.
      """
    case .asManyClasses(let file, let classes, let examples):
      """
      \(file): expected a few classes, found \(NumberText.grouped(classes)) different ones in \
      \(NumberText.grouped(examples)) examples. Look at data.columns: the text is column `source`, the class column \
      `target`.
      """
    case .unknownClass(let place, let name, let nearest, let known):
      """
      \(place): expected one of the \(known) classes of the training examples, found \(Excerpt.quoted(name)).
      """
        + (nearest.map { " Did you mean \(Excerpt.quoted($0))?" }
          ?? " Give the training data an example of it, or take this one out.")
    case .weightOfUnknownClass(let name, let nearest, let known):
      """
      training.classWeights: expected names of the \(known) classes, found \(Excerpt.quoted(name)).
      """
        + (nearest.map { " Did you mean \(Excerpt.quoted($0))?" } ?? " Leave it out.")
    case .image(let place, let reason):
      "\(place): the image that this line names cannot be used. \(reason)"
    case .imageSize(let problem, let encoder):
      """
      data.images: expected a size of images that \(encoder) can read, found \(problem). Set \
      data.images.height and data.images.width, which images are brought to, or change the encoder.
      """
    case .manyPixels(let images, let height, let width):
      """
      data.images: \(Words.count(images, "image")) of \(height) × \(width) pixels take more than 8 GB. Set \
      data.images.height and data.images.width to less.
      """
    case .otherChannels(let key, let found, let channels):
      """
      data.images.\(key): expected \(Words.count(channels, "number")), one for each channel, found \(found). \
      Leave it out, or set data.images.channels.
      """
    case .features(let place, let reason):
      "\(place): the file that this line names cannot be used. \(reason)"
    case .otherColumns(let key, let found, let columns):
      """
      data.features.\(key): expected one number, or one for each of the \(columns) columns of the features, found \
      \(found). Leave it out to have them measured.
      """
    case .otherRowSize(let stated, let found, let encoder):
      """
      \(encoder).size: expected \(found), the numbers in a row of the features, found \(stated). Leave it out.
      """
    case .otherRowsThanModel(let size, let found):
      """
      data.train: expected rows of \(size) features, which the model of --from reads, found \(found). Take a model of \
      such rows, or leave --from out.
      """
    case .rowConflict(let found, let conflict):
      """
      model.encoder.size is \(found), the numbers in a row of the features: \(conflict.reason); \
      \(Words.choice(conflict.remedies))
      """
    case .noExamples(let role, skipped: 0):
      "data.\(role): no example can be used: the files have none"
    case .noExamples(let role, let skipped):
      """
      data.\(role): no example can be used; \(NumberText.grouped(skipped)) were skipped because a column is empty, \
      too long or no text. Look at the files, at data.columns and at data.maximumLength.
      """
    }
  }
}
