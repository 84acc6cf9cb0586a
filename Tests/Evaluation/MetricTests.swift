import Testing

@testable import DragomanEvaluation

@Suite struct `Every metric gives sacreBLEU's figures` {
  let golden: Golden
  init() throws { golden = try Golden.shared.get() }

  @Test(arguments: Golden.metrics.indices) func `for corpora, to the printed line`(index: Int)
    throws
  {
    let (name, metric) = Golden.metrics[index]
    for corpus in try golden.corpora + Golden.Unicode.shared.get().corpora {
      guard let expected = corpus.scores[name] else { continue }
      let found = metric.score(hypotheses: corpus.hypotheses, references: corpus.references)
      #expect(abs(found.score - expected.score) < 1e-9, "\(name), \(corpus.name)")
      let line = expected.line.replacing("version:2.6.0", with: "version:\(BLEU.version)")
      #expect(found.description == line, "\(corpus.name)")
    }
  }

  @Test(arguments: Golden.metrics.indices) func `for every segment`(index: Int) throws {
    let (name, metric) = Golden.metrics[index]
    for corpus in golden.corpora {
      guard let expected = corpus.scores[name], let statistics = expected.statistics,
        let segments = expected.segments
      else { continue }
      for (row, hypothesis) in corpus.hypotheses.enumerated() {
        let references = corpus.references.map { $0[row] }
        #expect(
          metric.statistics(of: hypothesis, references: references) == statistics[row],
          "\(name): \(hypothesis) against \(references)")
        #expect(
          abs(metric.score(hypothesis: hypothesis, references: references) - segments[row]) < 1e-9,
          "\(name): \(hypothesis) against \(references)")
      }
    }
  }
}

@Suite struct `The fixtures` {
  @Test func `have figures for every metric`() throws {
    let corpora = try Golden.shared.get().corpora + Golden.Unicode.shared.get().corpora
    for (name, _) in Golden.metrics {
      #expect(corpora.count { $0.scores[name] != nil } >= 40, "\(name)")
    }
  }
}

@Suite struct `A corpus score` {
  @Test func `prints name, signature, figure and details`() {
    let score = ExactMatch().score(hypotheses: ["a", " b", "c"], references: [["a ", "b", "C"]])
    #expect(score.description == "exact|nrefs:1|case:mixed|version:dragoman-1 = 66.67 (2 of 3)")
    #expect(
      ExactMatch(lowercase: true).score(hypotheses: ["c"], references: [["d"], ["C"]]).description
        == "exact|nrefs:2|case:lc|version:dragoman-1 = 100.00 (1 of 1)")
  }

  @Test func `of nothing is nought`() {
    for (_, metric) in Golden.metrics {
      #expect(metric.score(hypotheses: [], references: [[]]).score == 0)
    }
  }
}
