import Testing

@testable import DragomanEvaluation

@Suite struct `The metrics of captions` {
  private static let kinds: [MetricKind] = [.bleu1, .bleu2, .bleu3, .bleu4, .cider]

  @Test(arguments: kinds) func `give coco-caption's figures`(_ kind: MetricKind) throws {
    let metric = kind.metric()
    let corpora = try Golden.Captions.shared.get().corpora
    #expect(corpora.count > 40)
    for corpus in corpora {
      let expected = try #require(corpus.scores[kind.rawValue])
      let found = metric.score(
        hypotheses: corpus.hypotheses, references: References(corpus.references))
      #expect(abs(found.score - expected.score) < 1e-9, "\(corpus.name)")
    }
  }

  @Test(arguments: kinds) func `give its figures of every segment`(_ kind: MetricKind) throws {
    let metric = kind.metric()
    for corpus in try Golden.Captions.shared.get().corpora {
      let expected = try #require(corpus.scores[kind.rawValue]).segments
      let rows = metric.statistics(
        of: corpus.hypotheses, references: References(corpus.references))
      for (row, figure) in zip(rows, expected) {
        #expect(abs(metric.score(of: row) - figure) < 1e-9, "\(corpus.name)")
      }
    }
  }

  @Test(arguments: kinds) func `have the same bits every time`(_ kind: MetricKind) throws {
    let metric = kind.metric()
    for corpus in try Golden.Captions.shared.get().corpora {
      let references = References(corpus.references)
      let one = metric.statistics(of: corpus.hypotheses, references: references)
      #expect(one == metric.statistics(of: corpus.hypotheses, references: references))
    }
  }

  @Test func `say how they were computed`() {
    let references = References([["a red circle", "a circle"], ["a blue square"]])
    func line(_ kind: MetricKind, lowercase: Bool = false) -> String {
      kind.metric(lowercase: lowercase)
        .score(hypotheses: ["a red circle", "A square"], references: references).description
    }
    #expect(
      line(.bleu2) == """
        BLEU-2|nrefs:var|case:mixed|tok:none|smooth:none|as:coco-caption|version:dragoman-1 = 59.79 80.0/66.7 \
        (BP = 0.819 ratio = 0.833 hyp_len = 5 ref_len = 6)
        """)
    #expect(line(.cider).hasPrefix("CIDEr-D|nrefs:var|case:mixed|tok:none|n:4|sigma:6|version:"))
    #expect(line(.cider) != line(.cider, lowercase: true))
    #expect(line(.bleu1, lowercase: true).contains("|case:lc|"))
    #expect(line(.bleu1, lowercase: true).contains(" 100.0 (BP"))
  }

  @Test func `cut text as they are told to`() {
    for kind in Self.kinds {
      #expect(kind.takesTokenizer)
      let metric = kind.metric(tokenizer: .character)
      #expect(metric.settings.contains { $0 == ("tok", "char") })
      let references = References([["红圆"], ["蓝方"]])
      let score = metric.score(hypotheses: ["红方", "蓝圆"], references: references).score
      #expect(kind == .bleu1 ? abs(score - 50) < 1e-6 : score >= 0)
    }
    #expect(
      CIDEr(tokenizer: .character).score(
        hypotheses: ["红方", "蓝圆"], references: References([["红圆"], ["蓝方"]])
      ).score > 0)
  }

  @Test
  func `give a caption that equals its reference all there is, unless all captions are the same`() {
    let texts = ["a red circle above", "un carré bleu là", "một hình tròn ở"]
    let references = References(texts.map { [$0] })
    #expect(CIDEr().score(hypotheses: texts, references: references).score == 10)
    #expect(CaptionBLEU().score(hypotheses: texts, references: references).score > 99.999_999)
    let same = References([["a cat"], ["a cat"]])
    #expect(CIDEr().score(hypotheses: ["a cat", "a cat"], references: same).score == 0)
  }

  @Test func `warn of what one segment cannot tell`() {
    #expect(
      EvaluationHint.of([CIDEr(), CaptionBLEU()], ["a"], References([["a"]]))
        == ["CIDEr-D weighs what segments say by how few say it: of one segment it is always 0"])
    #expect(
      EvaluationHint.of([CaptionBLEU(), CIDEr()], ["我", "你"], References([["我是学生。"], ["你好。"]])) == [
        """
        the references are in Chinese script, which has no spaces between words: BLEU-4 with "none" takes each stretch \
        of it for one word. Use --tokenize char, or chrF.
        """
      ])
  }
}
