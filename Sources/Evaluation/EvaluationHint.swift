import DragomanFormats
import DragomanText

/// What should be known of figures that say less than they seem to.
package enum EvaluationHint {
  /// The hints on metrics of these translations and their references.
  package static func of(
    _ metrics: [any Metric], _ hypotheses: [String], _ references: References
  ) -> [String] {
    var cutting: [(name: String, tokenizer: BLEUTokenizer)] = []
    var hints: [String] = []
    for metric in metrics {
      switch metric {
      case let exact as ExactMatch:
        if let hint = spaces(exact, hypotheses, references) { hints.append(hint) }
      case let bleu as BLEU: cutting.append((bleu.name, bleu.tokenizer))
      case let bleu as CaptionBLEU: cutting.append((bleu.name, bleu.tokenizer))
      case let cider as CIDEr:
        cutting.append((cider.name, cider.tokenizer))
        if hypotheses.count == 1 {
          hints.append(
            "CIDEr-D weighs what segments say by how few say it: of one segment it is always 0")
        }
      default: break
      }
    }
    // One tokenizer is said for all.
    if let first = cutting.first, let hint = words(first.name, first.tokenizer, references) {
      hints.append(hint)
    }
    return hints
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
  private static func words(
    _ name: String, _ tokenizer: BLEUTokenizer, _ references: References
  ) -> String? {
    guard tokenizer != .character else { return nil }
    let script = Script(of: TextLines(references.segments.joined()))
    guard !script.hasSpaces else { return nil }
    return
      "the references are in \(script.rawValue) script, which has no spaces between words: \(name) with "
      + "\"\(tokenizer.rawValue)\" takes each stretch of it for one word. Use --tokenize char, or chrF."
  }
}
