package import DragomanDecoding
package import DragomanModels
package import DragomanText
import DragomanTranslation

/// All there is to say about a training run: a whole configuration file.
package struct RunConfiguration: Sendable, Equatable {
  /// Name of the run, and of its folder in `runs/`.
  package var name = "model"
  /// Where values come from that nobody states.
  package var preset = Preset.none
  /// Where the sentence pairs are.
  package var data = DataConfiguration()
  /// How text becomes tokens.
  package var tokenizer = TokenizerConfiguration()
  /// The architecture.
  package var model = ModelConfiguration()
  /// How it is trained.
  package var training = TrainingConfiguration()
  /// How it writes once it is trained.
  package var decoding = DecodingConfiguration()

  /// A run of default values, without data.
  package init() {}
}
