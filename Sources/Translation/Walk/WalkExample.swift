import DragomanFormats
import DragomanImages
import DragomanModels
import DragomanSystem

/// What a walk begins with.
package enum WalkExample: Sendable {
  /// A text.
  case text(WalkText)
  /// An image.
  case image(WalkImage)
  /// Rows of features.
  case rows(WalkRows)

  /// The text, or the name of the file.
  package var name: String {
    switch self {
    case .text(let text): text.line
    case .image(let image): image.name
    case .rows(let rows): rows.name
    }
  }

  /// What is read as a text; of an image or of rows its name, with a token for each place.
  package var source: WalkText {
    func named(_ name: String, _ places: [String]) -> WalkText {
      WalkText(
        line: name, normalized: name,
        tokens: places.enumerated().map { WalkToken(text: $1, id: Int32($0)) })
    }
    return switch self {
    case .text(let text): text
    case .image(let image): named(image.name, image.rowNames)
    case .rows(let rows): named(rows.name, rows.names)
    }
  }
}

/// One example of a file, as `caption` and `classify` name it: the file, or of a file with several the file and a
/// number in brackets, from 0.
struct NumberedExample {
  /// The file.
  let path: String
  /// The number, if there is one.
  let index: Int?

  /// The example of a name; a file whose own name ends so stands for itself.
  init(_ name: String) {
    guard name.hasSuffix("]"), !Files.exists(name), let open = name.lastIndex(of: "["),
      let index = Int(name[name.index(after: open)...].dropLast()), index >= 0
    else {
      (path, self.index) = (name, nil)
      return
    }
    (path, self.index) = (String(name[..<open]), index)
  }

  /// The number among as many examples as the file has.
  func place(among count: Int) throws(WalkError) -> Int {
    guard let index else {
      guard count == 1 else { throw .several(file: path, count: count) }
      return 0
    }
    guard index < count else { throw .noExample(file: path, index: index, count: count) }
    return index
  }
}
