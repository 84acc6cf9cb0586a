/// How a trained model writes: the `decoding` object of a configuration.
public struct DecodingConfiguration: Sendable, Equatable {
  /// A translation that has not ended after so many tokens is cut off.
  public var maximumLength = 200
  /// Sentences translated together; more are faster, and the result does not depend on it.
  public var batch = 64

  /// The default decoding.
  public init() {}
}
