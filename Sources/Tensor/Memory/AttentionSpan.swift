/// Query rows that look at source rows: those of one sentence.
package struct AttentionSpan: Sendable, Hashable {
  /// First row of the queries.
  package let queryStart: Int32
  /// Number of query rows.
  package let queryCount: Int32
  /// First row of the memory.
  package let sourceStart: Int32
  /// Number of memory rows.
  package let sourceCount: Int32

  /// A span.
  package init(queryStart: Int32, queryCount: Int32, sourceStart: Int32, sourceCount: Int32) {
    self.queryStart = queryStart
    self.queryCount = queryCount
    self.sourceStart = sourceStart
    self.sourceCount = sourceCount
  }

  /// All queries of each sentence with all of its sources: sentence b of B has the rows `offsets[b]..<offsets[b + 1]`
  /// of either.
  package static func pairing(queries: [Int32], sources: [Int32]) -> [AttentionSpan] {
    precondition(
      queries.count == sources.count,
      "queries of \(queries.count - 1) and sources of \(sources.count - 1) sentences")
    return queries.indices.dropLast().map { sentence in
      AttentionSpan(
        queryStart: queries[sentence], queryCount: queries[sentence + 1] - queries[sentence],
        sourceStart: sources[sentence], sourceCount: sources[sentence + 1] - sources[sentence])
    }
  }

  /// One query for each of these sentences, row after row, with all sources of the sentence.
  package static func oneEach(
    of sentences: some Collection<Int32>, sources: [Int32]
  ) -> [AttentionSpan] {
    sentences.enumerated().map { row, sentence in
      let start = sources[Int(sentence)]
      return AttentionSpan(
        queryStart: Int32(row), queryCount: 1, sourceStart: start,
        sourceCount: sources[Int(sentence) + 1] - start)
    }
  }
}
