/// Which pairs of a corpus are held out for validation and test.
///
/// Pairs with the same source stay together, so that nothing leaks from one part into another, and so that a source
/// which is held out has all of its translations as references. Sources are the same if they differ in white space
/// alone, which is normalised when they are written, or are canonically equivalent: "é" in one scalar and in two is one
/// letter. Case counts. The choice follows from the text of the sources alone: the same corpus is split in the same
/// way, in whatever order its lines stand.
package struct CorpusSplit: Sendable, Equatable {
  /// What is trained on.
  package private(set) var train: [Int] = []
  /// What decides which model is best.
  package private(set) var validation: [Int] = []
  /// What is looked at once.
  package private(set) var test: [Int] = []

  /// Holds out some pairs twice, as many as ``size(of:)`` says.
  package init(_ corpus: ParallelCorpus) {
    let size = Self.size(of: corpus.count)
    // A source that much of the corpus has would fill the part alone: it is trained on.
    let most = size + size / 10 + 1
    for group in Self.groups(corpus) {
      if validation.count < size, validation.count + group.count <= most {
        validation += group
      } else if validation.count >= size, test.count < size, test.count + group.count <= most {
        test += group
      } else {
        train += group
      }
    }
    train.sort()
    validation.sort()
    test.sort()
  }

  /// The pairs that validation and test have each: 500 or a twentieth of the corpus, whichever is less, so that figures
  /// mean something; of large corpora a hundredth, but at most 2,000; of small ones 100 or a tenth, whichever is less.
  package static func size(of pairs: Int) -> Int {
    min(max(pairs / 100, min(500, pairs / 20), min(100, pairs / 10)), 2000)
  }

  /// The pairs of each source, in an order that follows from the sources.
  static func groups(_ corpus: ParallelCorpus) -> [[Int]] {
    var groups: [(hash: UInt64, indices: [Int])] = []
    var places: [UInt64: Int] = [:]
    // Texts beyond ASCII may be written in several ways; strings are equal where they are canonically equivalent.
    var spellings: [String: Int] = [:]
    for index in corpus.indices {
      var bytes: [UInt8] = []
      appendNormalized(Array(corpus.sources.utf8(at: index)), to: &bytes)
      let hash = LineShape(bytes, bytes.indices) { _ in }.hash
      let isASCII = bytes.allSatisfy { $0 < 0x80 }
      let spelling = isASCII ? "" : String(decoding: bytes, as: UTF8.self)
      if let place = isASCII ? places[hash] : spellings[spelling] {
        groups[place].indices.append(index)
        // That of whichever spelling comes first in the order of numbers, not of lines.
        groups[place].hash = min(groups[place].hash, hash)
      } else {
        if isASCII { places[hash] = groups.count } else { spellings[spelling] = groups.count }
        groups.append((hash, [index]))
      }
    }
    groups.sort { ($0.hash, $0.indices[0]) < ($1.hash, $1.indices[0]) }
    return groups.map(\.indices)
  }
}

extension ParallelCorpus {
  /// Pairs as lines of TSV; white space is put in order, so that no tab or line break stands in a column, but no-break
  /// spaces stay.
  package func tsv(of indices: [Int]) -> [UInt8] {
    var result: [UInt8] = []
    for index in indices {
      appendNormalized(
        Array(sources.utf8(at: index)), keepingNoBreakSpaces: true, to: &result)
      result.append(UInt8(ascii: "\t"))
      appendNormalized(
        Array(targets.utf8(at: index)), keepingNoBreakSpaces: true, to: &result)
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }
}

extension ParallelCorpus {
  /// Some of the pairs, in the order of `indices`.
  package func selecting(_ indices: some Sequence<Int>) -> ParallelCorpus {
    var result = ParallelCorpus()
    for index in indices {
      result.append(sources.utf8(at: index), targets.utf8(at: index))
    }
    return result
  }
  /// The corpus, or so many of its pairs at equal distances.
  package func thinned(to most: Int) -> ParallelCorpus {
    count <= most ? self : selecting((0..<most).lazy.map { $0 * count / most })
  }
}
