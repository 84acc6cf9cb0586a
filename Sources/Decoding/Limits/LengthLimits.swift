import DragomanSystem

/// How long the translation of one source may be and has to be.
struct LengthLimits: Sendable, Equatable {
  /// Tokens before which the end may not stand.
  let minimum: Int
  /// Tokens, the end included, after which a translation is cut off.
  let maximum: Int

  /// The limits of a source of this many tokens, its end not counted, whose translation begins with a prefix.
  ///
  /// Of S source tokens and P of the prefix:
  ///
  ///     maximum = max(min(maximumLength, max(⌈maximumRatio · S⌉, 1)), P + 1)
  ///
  /// where maximumLength counts as no more than ``Limits/writtenTokens``, and
  ///
  ///     minimum = min(max(minimumLength, ⌈minimumRatio · S⌉), maximum − 1)
  init(_ decoding: DecodingConfiguration, source: Int, prefix: Int) {
    func tokens(_ ratio: Double) -> Int {
      let tokens = (ratio * Double(source)).rounded(.up)
      return tokens < 1e9 ? Int(tokens) : 1_000_000_000
    }
    // A model that never ends would write until all memory is taken.
    var maximum = min(decoding.maximumLength, Limits.current.writtenTokens)
    if let ratio = decoding.maximumRatio { maximum = min(maximum, max(tokens(ratio), 1)) }
    // A prefix is what somebody wants to see: all of it stands, and something may follow.
    maximum = max(maximum, prefix + 1)
    self.maximum = maximum
    minimum = min(max(decoding.minimumLength, tokens(decoding.minimumRatio)), maximum - 1)
  }
}
