/// Where the values come from that a configuration does not state: the `preset` key.
package enum Preset: String, CaseIterable, Sendable {
  /// The defaults.
  case none
  /// What suits the training pairs, their task found out by the lengths of the lines, or the training examples of
  /// classes.
  case auto
  /// What suits the training pairs as sentences of two languages.
  case translation
  /// What suits the training pairs as words or names in two scripts.
  case transliteration
  /// What suits the training pairs as words and their sounds.
  case g2p

  /// The task that is said to be the corpus's.
  var task: TaskPreset? { TaskPreset(rawValue: rawValue) }
}
