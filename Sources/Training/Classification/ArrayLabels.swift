import DragomanFormats
import DragomanImages
import DragomanText

/// The classes of examples in arrays: an array `labels` of whole numbers or of texts, and `names` of the numbers.
struct ArrayLabels: Sendable {
  /// The class of each example.
  let texts: [String]
  /// The classes in the order of their numbers; none where they are not numbers.
  let order: [String]

  /// Classes that are texts.
  init(_ texts: [String], order: [String] = []) { (self.texts, self.order) = (texts, order) }

  /// The labels of a file of text, one on each line.
  init(lines path: String) throws {
    self.init(try Self.named(try TextLines(path: path).map(\.self), path, array: nil))
  }

  /// The labels of a file; that of an NPY file is its only array.
  init(_ file: ArrayFile) throws {
    if file.isSingle || file.names.contains("labels"), let texts = try Self.listed(file) {
      self.init(texts)
      return
    }
    let array = try file.required(
      "labels",
      "Save the class of each example, for example with 'numpy.savez(file, labels=labels)'.")
    guard array.shape.count == 1 else {
      throw array.error(
        "a list, one class for each example", array.shapeWords,
        "Save the number of the class, for example with 'array.argmax(-1)'.")
    }
    let numbers = try array.integers()
    guard !file.isSingle, let names = try file.texts(named: "names") else {
      self.init(numbers.map(String.init), order: Set(numbers).sorted().map(String.init))
      return
    }
    let order = names.map(ClassLabels.name)
    guard Set(order).count == order.count, !order.contains("") else {
      throw ArrayError(
        file: file.path, array: "names", expected: "a different name for each class",
        found: "one twice, or an empty one", remedy: "Give each class a name of its own.")
    }
    let texts = try numbers.enumerated().map { index, number in
      guard order.indices.contains(number) else {
        throw array.error(
          "numbers from 0 to \(order.count - 1), as there are \(order.count) names",
          "\(number) at index \(index)", "Give a name to each class.")
      }
      return order[number]
    }
    self.init(texts, order: order)
  }

  /// Labels that are texts; of safetensors, which has no arrays of texts, none.
  private static func listed(_ file: ArrayFile) throws -> [String]? {
    guard let texts = try file.texts(named: "labels") else { return nil }
    return try named(texts, file.path, array: file.isSingle ? nil : "labels")
  }

  /// Labels without spaces at their ends, none of which is empty.
  private static func named(
    _ texts: [String], _ path: String, array: String?
  ) throws(ArrayError) -> [String] {
    for (index, text) in texts.enumerated() where ClassLabels.name(text).isEmpty {
      throw ArrayError(
        file: path, array: array, expected: "a class for each example",
        found: "an empty text at index \(index)", remedy: "Name it, or take the example out.")
    }
    return texts.map(ClassLabels.name)
  }
}
