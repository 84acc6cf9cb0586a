import DragomanModels
import DragomanPages
import DragomanTranslation

/// A page of a walk, as far as the sections of encoders have to know it: that of a translation, or of a class.
protocol WalkSheet: Sendable {
  /// What the vectors of the encoder belong to: tokens, or the parts of an image.
  var words: [String] { get }
  /// The model, of which a classifier has the reading side.
  var model: ModelConfiguration { get }
  /// hᵢ, what the encoder gives.
  var states: [[Float]] { get }
  /// What reads these: `attention` or `pooling`.
  var reader: String { get }
  /// What is computed once of them.
  var keys: [HTML] { get }
}

extension WalkSheet {
  /// The places that a table of weights has rows for: all tokens, and of an image those that count most.
  func shown(_ weights: [Float], of image: WalkImage?) -> [Int] {
    guard image != nil else { return Array(words.indices) }
    let order = weights.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
    return Array(order.prefix(12))
  }
}

extension WalkPage: WalkSheet {
  var words: [String] { walk.source.tokens.map(\.text) }
  var model: ModelConfiguration { walk.configuration }
  var states: [[Float]] { walk.states }
  var reader: String { "attention" }
  var keys: [HTML] { decoder.keys }
}
