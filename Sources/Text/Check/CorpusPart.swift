/// One part of the data in figures: training, validation or test.
package struct CorpusPart: Sendable, Equatable {
  /// One side of the pairs.
  package struct Side: Sendable, Equatable {
    /// Words, between white space.
    package private(set) var words = 0
    /// Unicode scalars.
    package private(set) var characters = 0
    /// The words of the longest line.
    package private(set) var mostWords = 0
    /// The characters of the longest line.
    package private(set) var mostCharacters = 0

    /// A side without lines.
    init() {}

    mutating func add(words: Int32, characters: Int32) {
      self.words += Int(words)
      self.characters += Int(characters)
      mostWords = max(mostWords, Int(words))
      mostCharacters = max(mostCharacters, Int(characters))
    }
  }

  /// `train`, `validation` or `test`.
  package let name: String
  /// What was found in each file.
  package let files: [CorpusSummary]
  /// How many pairs there are.
  package let pairs: Int
  /// The sources.
  package private(set) var source = Side()
  /// The targets.
  package private(set) var target = Side()

  init(_ name: String, _ corpus: ParallelCorpus, _ shapes: [PairShape]) {
    self.name = name
    files = corpus.summary
    pairs = corpus.count
    for shape in shapes {
      source.add(words: shape.words.0, characters: shape.characters.0)
      target.add(words: shape.words.1, characters: shape.characters.1)
    }
  }

  /// How many target characters there are to a source character.
  var characterRatio: Double {
    source.characters > 0 && target.characters > 0
      ? Double(target.characters) / Double(source.characters) : 1
  }
}
