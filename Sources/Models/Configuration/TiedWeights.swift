/// Which tables of word vectors and weights are one parameter: `model.tied` of a configuration.
///
/// Press and Wolf 2017 (arXiv:1608.05859): ``output`` is their "weight tying", ``all`` their "three-way weight tying".
package enum TiedWeights: String, CaseIterable, Sendable {
  /// None.
  case none
  /// The target's word vectors and the weight of the projection to the target vocabulary.
  case output
  /// The word vectors of source and target, which then need one vocabulary.
  case languages
  /// All three.
  case all

  /// Whether the projection's weight is the target's table.
  package var joinsOutput: Bool { self == .output || self == .all }
  /// Whether source and target have one table.
  package var joinsLanguages: Bool { self == .languages || self == .all }
  /// The same, with a weight of its own for the projection.
  package var withoutOutput: Self { joinsLanguages ? .languages : .none }
}
