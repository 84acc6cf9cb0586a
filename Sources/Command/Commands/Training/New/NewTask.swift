import DragomanTraining

/// What the configuration is for that `dragoman new` writes.
enum NewTask: String, CaseIterable {
  /// Sentences into sentences of another language.
  case translation
  /// Words or names into another script, letter by letter.
  case transliteration
  /// Words into their sounds.
  case g2p
  /// Texts or images into one of some classes.
  case classification

  /// The advice that is asked for; `nil` for classes.
  var preset: TaskPreset? { TaskPreset(rawValue: rawValue) }
}
