/// What a classifier says of one text.
package struct Classification: Sendable, Equatable {
  /// A class and its probability.
  package struct Choice: Sendable, Equatable {
    /// The name of the class.
    package let label: String
    /// Its probability, 0 to 1.
    package let probability: Float
  }

  /// A token of the text and how much it counted.
  package struct TokenWeight: Sendable, Equatable {
    /// The token as a person should see it.
    package let token: String
    /// Its share in the vector that the classes are told by; all shares of a text are 1.
    package let weight: Float
  }

  /// All classes, the most probable first; of equal ones, that which the file names first.
  package let choices: [Choice]
  /// What pooling by attention looked at, if that was asked for and is what the model does.
  package let weights: [TokenWeight]?

  /// The most probable class.
  package var best: String { choices[0].label }
  /// Whether what the model computes is no number, so that nothing is known of the classes.
  package var isBroken: Bool { choices[0].probability.isNaN }
}
