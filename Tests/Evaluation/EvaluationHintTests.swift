import Testing

@testable import DragomanEvaluation

@Suite struct `A hint on figures` {
  private func hints(
    _ hypotheses: [String], _ references: [String], _ kinds: [MetricKind] = [.bleu, .exact],
    _ tokenizer: BLEUTokenizer = .thirteenA
  ) -> [String] {
    EvaluationHint.of(
      kinds.map { $0.metric(tokenizer: tokenizer, lowercase: false) }, hypotheses,
      References(sets: [references]))
  }

  @Test func `tells that translations differ in spaces only`() {
    #expect(
      hints(["sits on mat .", "a"], ["sits on mat.", "b"]) == [
        """
        1 of 2 translations differs from the reference in spaces only, as 'sits on mat .' from 'sits on mat.': exact \
        match counts that as wrong, and BLEU may not see it. Space both alike.
        """
      ])
    #expect(hints(["a ."], ["a."], [.bleu]).isEmpty)
    #expect(hints(["a b", "c"], ["a b", "d"]).isEmpty)
  }

  @Test(arguments: [
    ("Chinese", "我是学生。"), ("Japanese", "私は学生です。"), ("Thai", "ฉันเป็นนักเรียน"),
  ]) func `names the tokenizer of scripts without spaces`(_ script: String, _ text: String) {
    #expect(
      hints([text], [text]) == [
        """
        the references are in \(script) script, which has no spaces between words: BLEU with "13a" takes each stretch \
        of it for one word. Use --tokenize char, or chrF.
        """
      ])
    #expect(hints([text], [text], [.bleu], .character).isEmpty)
    #expect(hints([text], [text], [.chrF]).isEmpty)
  }

  @Test func `is not given of other texts`() {
    #expect(hints(["Guten Tag", "Да"], ["Guten Tag", "Да"]).isEmpty)
  }
}
