public import DragomanText

/// The sentence pairs of a run: the `data` object of a configuration.
public struct DataConfiguration: Sendable, Equatable {
  /// What the model learns from; the pairs of all files.
  public var train: [CorpusFile] = []
  /// What decides which checkpoint is best and when to stop.
  public var validation: [CorpusFile] = []
  /// What the finished model is evaluated on; may be empty.
  public var test: [CorpusFile] = []
  /// Where a line of a table has its two sides.
  public var columns = ColumnConfiguration()
  /// What the two sides are called.
  public var languages = LanguageConfiguration()
  /// Training pairs with more tokens on a side, `</s>` not counted, are skipped and counted.
  public var maximumLength = 100

  /// No data.
  public init() {}
}

/// Where a line of a table has its two sides: the `data.columns` object of a configuration.
public struct ColumnConfiguration: Sendable, Equatable {
  /// Column of the source, counted from 1.
  public var source = 1
  /// Column of the target, counted from 1.
  public var target = 2

  /// Source first, target second.
  public init() {}
}

/// What the two sides are called: the `data.languages` object of a configuration.
public struct LanguageConfiguration: Sendable, Equatable {
  /// Language of the source, for instance `en`; chooses what is read from JSON Lines, TMX and PO.
  public var source: String?
  /// Language of the target, for instance `fr`; likewise.
  public var target: String?

  /// Unnamed languages.
  public init() {}
}
