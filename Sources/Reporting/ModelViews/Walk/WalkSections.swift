import DragomanPages

/// What the page of a walk shows of an encoder's family.
protocol WalkEncoderSection {
  /// The station of the encoder.
  var station: HTML { get }
  /// What arrives inside the encoder; nothing without gradients.
  var gradients: [HTML] { get }
}

/// What the page of a walk shows of a decoder's family.
protocol WalkDecoderSection {
  /// What it computes once of what the encoder gives, where attention looks.
  var keys: [HTML] { get }
  /// The station of what it starts from, if it starts from anything.
  var start: [HTML] { get }
  /// What the shades of its vectors stand for.
  var shades: String { get }
  /// What is to be said of all its weights.
  var weightNote: HTML { get }
  /// The equations of a step up to what the projection reads.
  var equations: [String] { get }
  /// That of the logits.
  var logits: String { get }
  /// That of what the decoder sends to the states it looks at.
  var stateGradient: String { get }

  /// What arrives at what is computed once for all steps; nothing without gradients.
  var gradients: [HTML] { get }

  /// From what a step reads to what attention gives; `t` is the number of the step as it stands below a letter.
  func way(at step: Int, _ t: String) -> [HTML]
  /// What stands between that and the projection, if anything does.
  func readout(at step: Int, _ t: String) -> [HTML]
  /// The backward pass below the logits; nothing without gradients.
  func wayBack(at step: Int, _ t: String) -> [HTML]
}
