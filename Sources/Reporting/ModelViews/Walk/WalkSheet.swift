import DragomanModels
import DragomanPages
import DragomanTranslation

/// A page of a walk, as far as the sections of encoders have to know it: that of a translation, or of a class.
protocol WalkSheet: Sendable {
  /// What the walk begins with.
  var example: WalkExample { get }
  /// What the vectors of the encoder belong to: tokens, the parts of an image, or rows.
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

extension WalkPage: WalkSheet {
  var example: WalkExample { walk.example }
  var words: [String] { walk.source.tokens.map(\.text) }
  var model: ModelConfiguration { walk.configuration }
  var states: [[Float]] { walk.states }
  var reader: String { "attention" }
  var keys: [HTML] { decoder.keys }
}
