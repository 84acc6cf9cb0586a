package import DragomanFormats
import DragomanText
package import DragomanTranslation

/// Captions for a terminal and for programs.
package struct CaptionText: Sendable {
  private let isNumbered: Bool
  private let grid: (height: Int, width: Int)?
  private let picture: CaptionPicture?

  /// How captions appear.
  ///
  /// - Parameters:
  ///   - isNumbered: whether scores are told, as several captions of an example need.
  ///   - grid: lines and columns of regions; `nil` of features.
  ///   - picture: how weights are drawn below a caption, if they are wanted.
  package init(
    isNumbered: Bool = false, grid: (height: Int, width: Int)?, picture: CaptionPicture? = nil
  ) {
    (self.isNumbered, self.grid, self.picture) = (isNumbered, grid, picture)
  }

  /// The name, a tab and the caption, perhaps with its score before it; then where each word looked, if that is wanted.
  package func text(_ caption: Translation, _ example: CaptionExample) -> String {
    let score = isNumbered ? [NumberText.fixed(caption.score, decimals: 4)] : []
    let fields = [Tokenizer.printable(example.name)] + score + [caption.text]
    let lines =
      picture.map { $0.lines(caption, example.image, grid).map { "  " + $0 } + [""] } ?? []
    return ([fields.joined(separator: "\t")] + lines).map { $0 + "\n" }.joined()
  }

  /// One object: the name of what is captioned, the caption, and everything that the model said about it.
  package func json(
    _ caption: Translation, _ example: CaptionExample, rank: Int
  ) -> JSON {
    [
      "rank": isNumbered ? .int(rank) : nil,
      (example.image == nil ? "features" : "image"): .string(example.name),
      "caption": .string(caption.text),
      "logProbability": .double(caption.logProbability),
      "score": .double(caption.score),
      "isCutOff": .bool(caption.isCutOff),
      "tokens": .strings(caption.targetTokens),
      "logProbabilities": .floats(caption.logProbabilities),
      "grid": grid.map { ["height": .int($0.height), "width": .int($0.width)] },
      "attention": .array(caption.attention.map { .floats($0) }),
    ]
  }
}
