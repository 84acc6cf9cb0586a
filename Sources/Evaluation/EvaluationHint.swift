import DragomanFormats
import DragomanText

/// What should be known of figures that say less than they seem to.
package enum EvaluationHint {
  /// The hints on metrics of these translations and their references.
  package static func of(
    _ metrics: [any Metric], _ hypotheses: [String], _ references: References
  ) -> [String] {
    metrics.compactMap { metric in
      switch metric {
      case let exact as ExactMatch: spaces(exact, hypotheses, references)
      case let bleu as BLEU: words(bleu, references)
      default: nil
      }
    }
  }

  /// Translations that are right but for spaces, which BLEU's tokenizers mostly do not see.
  private static func spaces(
    _ metric: ExactMatch, _ hypotheses: [String], _ references: References
  ) -> String? {
    func solid(_ text: String) -> Scalars {
      let scalars = Scalars(text)
      return (metric.lowercase ? scalars.lowercased : scalars).filter { !isPythonSpace($0) }
    }
    var (count, example) = (0, ("", ""))
    for (hypothesis, all) in zip(hypotheses, references.segments) {
      guard metric.score(hypothesis: hypothesis, references: all) == 0,
        let near = all.first(where: { solid($0) == solid(hypothesis) })
      else { continue }
      if count == 0 { example = (hypothesis, near) }
      count += 1
    }
    guard count > 0 else { return nil }
    return
      "\(NumberText.grouped(count)) of \(NumberText.grouped(hypotheses.count)) translations "
      + "differ\(count == 1 ? "s" : "") from the reference in spaces only, as \(Excerpt.quoted(example.0)) from "
      + "\(Excerpt.quoted(example.1)): exact match counts that as wrong, and BLEU may not see it. Space both alike."
  }

  /// Texts without spaces between words, of which BLEU takes a whole sentence for a word.
  private static func words(_ metric: BLEU, _ references: References) -> String? {
    guard metric.tokenizer != .character else { return nil }
    let script = Script(of: TextLines(references.segments.joined()))
    guard !script.hasSpaces else { return nil }
    return
      "the references are in \(script.rawValue) script, which has no spaces between words: BLEU with "
      + "\"\(metric.tokenizer.rawValue)\" takes each stretch of it for one word. Use --tokenize char, or chrF."
  }
}
