/// A source and its target as token numbers, each with its vocabulary's end after it.
package struct EncodedPair: Sendable, Equatable {
  /// What is read: S numbers, the end included.
  package var source: [Int32]
  /// What is to be written: T numbers, the end included.
  package var target: [Int32]

  /// A pair of sentences whose ends are in place.
  package init(source: [Int32], target: [Int32]) {
    self.source = source
    self.target = target
  }
}

/// The sentence pairs of one update, end to end and without padding.
///
/// Sentence b of B is `sourceIDs[sourceOffsets[b]..<sourceOffsets[b + 1]]`, and likewise for the target.
/// All lengths count the end.
package struct Batch: Sendable, Equatable {
  /// Source tokens of all sentences.
  package private(set) var sourceIDs: [Int32] = []
  /// Where each source starts, B + 1 numbers.
  package private(set) var sourceOffsets: [Int32] = [0]
  /// Target tokens of all sentences.
  package private(set) var targetIDs: [Int32] = []
  /// What a decoder reads before it writes each target token: the token before it, ``begin`` before the first.
  package private(set) var inputIDs: [Int32] = []
  /// Where each target starts, B + 1 numbers.
  package private(set) var targetOffsets: [Int32] = [0]
  /// Which pair of the corpus each sentence is.
  package private(set) var indices: [Int] = []
  /// The number that every target begins after.
  package let begin: Int32

  /// A batch of pairs made by hand, numbered from 0, whose targets begin after `begin`.
  package init(_ pairs: [EncodedPair], begin: Int32) {
    self.begin = begin
    for (index, pair) in pairs.enumerated() {
      append(index) { source, target in
        source += pair.source
        target += pair.target
      }
    }
  }

  /// The pairs `indices` of an encoded corpus.
  init(_ indices: some Collection<Int32>, of corpus: EncodedCorpus) {
    begin = corpus.begin
    let pairs = indices.lazy.map { Int($0) }
    sourceIDs.reserveCapacity(pairs.reduce(0) { $0 + corpus.source.length(at: $1) })
    let targetTokens = pairs.reduce(0) { $0 + corpus.target.length(at: $1) }
    targetIDs.reserveCapacity(targetTokens)
    inputIDs.reserveCapacity(targetTokens)
    for index in pairs {
      append(index) { source, target in
        corpus.source.appendIDs(at: index, to: &source)
        corpus.target.appendIDs(at: index, to: &target)
      }
    }
  }

  /// The number of sentences, B.
  package var count: Int { indices.count }

  /// The source of sentence `index`.
  package func source(at index: Int) -> ArraySlice<Int32> {
    sourceIDs[Int(sourceOffsets[index])..<Int(sourceOffsets[index + 1])]
  }

  /// The target of sentence `index`.
  package func target(at index: Int) -> ArraySlice<Int32> {
    targetIDs[Int(targetOffsets[index])..<Int(targetOffsets[index + 1])]
  }

  /// Adds sentence `index`, whose tokens `write` appends to those of the sources and of the targets.
  private mutating func append(_ index: Int, _ write: (inout [Int32], inout [Int32]) -> Void) {
    let start = targetIDs.count
    write(&sourceIDs, &targetIDs)
    if start < targetIDs.count {
      inputIDs.append(begin)
      inputIDs += targetIDs[start..<(targetIDs.count - 1)]
    }
    sourceOffsets.append(Int32(sourceIDs.count))
    targetOffsets.append(Int32(targetIDs.count))
    indices.append(index)
  }
}
