public import DragomanTranslation

/// All there is to say about a training run: a whole configuration file.
public struct RunConfiguration: Sendable, Equatable {
  /// Name of the run, and of its folder in `runs/`.
  public var name = "model"
  /// Where values come from that nobody states.
  public var preset = Preset.none
  /// Where the sentence pairs are.
  public var data = DataConfiguration()
  /// How text becomes tokens.
  public var tokenizer = TokenizerConfiguration()
  /// The architecture.
  public var model = ModelConfiguration()
  /// How it is trained.
  public var training = TrainingConfiguration()
  /// How it writes once it is trained.
  public var decoding = DecodingConfiguration()

  /// A run of default values, without data.
  public init() {}
}
