import DragomanFormats
import DragomanImages
import DragomanModels

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
