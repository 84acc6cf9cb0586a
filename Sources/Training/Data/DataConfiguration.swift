package import DragomanText
package import DragomanTranslation

/// The sentence pairs of a run: the `data` object of a configuration.
package struct DataConfiguration: Sendable, Equatable {
  /// What the model learns from; the pairs of all files.
  package var train: [CorpusFile] = []
  /// What decides which checkpoint is best and when to stop.
  package var validation: [CorpusFile] = []
  /// What the finished model is evaluated on; may be empty.
  package var test: [CorpusFile] = []
  /// Where a line of a table has its two sides.
  package var columns = ColumnConfiguration()
  /// What the two sides are called.
  package var languages = LanguageConfiguration()
  /// Whether entities of HTML in the pairs become the characters they stand for.
  package var decodeEntities = false
  /// The images that examples name, if they are images.
  package var images = ImageDataConfiguration()
  /// The features of examples, if they are features.
  package var features = FeatureDataConfiguration()
  /// Other ways of writing the training sources that the model meets besides their own.
  package var augment: [SourceVariant] = []
  /// Training pairs with more tokens on a side, `</s>` not counted, are skipped and counted.
  package var maximumLength = 100
  /// Where else files are looked for.
  package var places = DataPlaces()

  /// No data.
  package init() {}

  /// Whether training or validation examples come from standard input.
  package var readsStandardInput: Bool { (train + validation).flatMap(\.paths).contains("-") }
}

/// Where a line of a table has its two sides: the `data.columns` object of a configuration.
package struct ColumnConfiguration: Sendable, Equatable {
  /// Column of the source, counted from 1.
  package var source = 1
  /// Column of the target, counted from 1.
  package var target = 2

  /// Source first, target second.
  package init() {}
}

/// What the two sides are called: the `data.languages` object of a configuration.
package struct LanguageConfiguration: Sendable, Equatable {
  /// Language of the source, for instance `en`; chooses what is read from JSON Lines, TMX and PO.
  package var source: String?
  /// Language of the target, for instance `fr`; likewise.
  package var target: String?

  /// Unnamed languages.
  package init() {}
}
