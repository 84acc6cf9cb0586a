package import DragomanFormats

extension ModelConfiguration {
  /// Sizes and choices that do not fit each other.
  package var conflicts: [ConfigurationConflict] { decoder.conflicts(in: self) }
}
