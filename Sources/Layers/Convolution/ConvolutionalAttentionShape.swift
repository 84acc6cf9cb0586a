import DragomanTensor

/// What a convolutional attention block is like.
package struct ConvolutionalAttentionShape: Sendable, Hashable {
  /// What tells pixels where they stand: a 3 × 3 depthwise convolution, pe.
  package enum Positions: String, CaseIterable, Sendable {
    /// Of the values: α v + pe(v), as YOLO11 does.
    case values
    /// Of what attention gives: r + pe(r).
    case output
  }

  /// C.
  package var channels: Int
  /// h.
  package var heads: Int
  /// Numbers of a head's key, and of its query.
  package var key: Int
  /// Where positions come from.
  package var positions: Positions
  /// The batch normalisation of each convolution; `nil`: none, and biases.
  package var normalization: BatchNormalization.Settings?

  /// A block whose keys have ⌊C/h · ratio⌋ numbers.
  package init(
    channels: Int, heads: Int, ratio: Double = 0.5, positions: Positions = .values,
    normalization: BatchNormalization.Settings? = BatchNormalization.Settings()
  ) {
    let key = Self.key(channels: channels, heads: heads, ratio: ratio)
    precondition(
      heads >= 1 && channels % heads == 0 && key >= 1,
      "\(channels) channels in \(heads) heads with keys of \(key)")
    (self.channels, self.heads, self.key) = (channels, heads, key)
    (self.positions, self.normalization) = (positions, normalization)
  }

  /// Numbers of a key for these sizes; a configuration with 0 has to be refused.
  package static func key(channels: Int, heads: Int, ratio: Double) -> Int {
    heads < 1 ? 0 : Int(Double(channels / heads) * ratio)
  }

  /// Numbers of a head's value.
  var value: Int { channels / heads }

  /// What stands side by side in the projection, for one head: [q | k | v].
  package func parts(of head: Int) -> (query: Range<Int>, key: Range<Int>, value: Range<Int>) {
    let start = head * (2 * key + value)
    return (
      start..<(start + key), (start + key)..<(start + 2 * key),
      (start + 2 * key)..<(start + 2 * key + value)
    )
  }

  /// The channels of a head in values and results.
  func channels(of head: Int) -> Range<Int> { (head * value)..<((head + 1) * value) }

  /// The columns of a head in weights over `pixels` pixels.
  func weights(of head: Int, pixels: Int) -> Range<Int> { (head * pixels)..<((head + 1) * pixels) }
}
