package import DragomanFormats
import DragomanPages
import DragomanSystem
import DragomanText
import DragomanTraining
import DragomanTranslation

/// The same sentences as the best model of each run translates them, with where it looked.
package struct ComparedSentences: Sendable {
  /// A sentence and its translations.
  struct Sentence: Sendable {
    let source: String
    let reference: String?
    /// A translation by each run; none where it has no model of translations.
    var translations: [Translation?] = []
  }

  /// Sentences of validations that are shown at most.
  private static let most = 6
  /// Cells of all pictures of attention together, so that a page does not grow too large.
  private static let mostCells = 60_000

  private let names: [String]
  private(set) var sentences: [Sentence]

  /// No sentences.
  init() { (names, sentences) = ([], []) }

  /// Translates sentences with the best model of each run, which is read for it.
  ///
  /// - Parameters:
  ///   - comparison: the runs.
  ///   - sources: the sentences; validation sources that the logs show, or the first ones of the first run's validation
  ///     pairs, if there are none.
  ///   - threads: threads that compute.
  /// - Throws: what goes wrong when a model is read. A run without a model has no translations.
  package init(_ comparison: RunComparison, sources: [String] = [], threads: Int? = nil) throws {
    names = comparison.runs.map(\.name)
    sentences =
      sources.isEmpty
      ? Self.samples(comparison)
      : sources.map { Sentence(source: $0, reference: nil) }
    guard !sentences.isEmpty else { return }
    for run in comparison.runs {
      guard run.configuration.task == .translation, Files.exists(run.folder.best) else {
        for index in sentences.indices { sentences[index].translations.append(nil) }
        continue
      }
      let translator = try Translator(path: run.folder.best, threads: threads)
      let found = translator.translate(
        sentences.map(\.source), TranslationOptions(withAttention: true))
      for index in sentences.indices { sentences[index].translations.append(found[index]) }
    }
  }

  /// Sources that validations showed; where none did, the first validation pairs.
  private static func samples(_ comparison: RunComparison) -> [Sentence] {
    var found: [Sentence] = []
    func add(_ source: String, _ reference: String) {
      guard found.count < most, !found.contains(where: { $0.source == source }) else { return }
      found.append(Sentence(source: source, reference: reference))
    }
    let runs = comparison.runs.filter { $0.configuration.task == .translation }
    for sample in runs.compactMap(\.history.validations.last).flatMap(\.samples) {
      add(sample.source, sample.reference)
    }
    if found.isEmpty, let data = runs.first?.configuration.data,
      let corpus = try? data.read(data.validation)
    {
      for pair in corpus.prefix(3) { add(pair.source, pair.target) }
    }
    return found
  }
}

// MARK: - Showing

extension ComparedSentences {
  /// The sentences for a terminal: a source, and a line for each run.
  package var lines: [String] {
    let width = (names + ["source"]).map(TextWidth.of).max() ?? 0
    return sentences.enumerated().flatMap { index, sentence in
      let rows =
        [("source", sentence.source)]
        + (sentence.reference.map { [("reference", $0)] } ?? [])
        + zip(names, sentence.translations).map { ($0, $1?.text ?? "–") }
      return (index > 0 ? [""] : [])
        + rows.map { "\(TextWidth.pad($0, to: max(width, 9)))  \($1)" }
    }
  }

  /// The sentences for programs, an object each.
  package var json: [JSON] {
    sentences.map { sentence in
      [
        "source": .string(sentence.source),
        "reference": sentence.reference.map { .string($0) },
        "translations": .object(
          zip(names, sentence.translations).map { name, translation in
            (name, translation.map { .string($0.text) } ?? .null)
          }),
      ]
    }
  }

  /// The sentences on a page; `nil` if there are none.
  var html: HTML? {
    guard !sentences.isEmpty else { return nil }
    var cells = Self.mostCells
    return .section(
      "Translations",
      note: "The same sentences by the best model of each run, and where each token looked.",
      content: sentences.map { sentence in
        var facts = [(name: "source", value: Self.text(sentence.source))]
        if let reference = sentence.reference { facts.append(("reference", Self.text(reference))) }
        let sides = names.indices.map { index in
          side(index, sentence.translations[index], sentence.reference, &cells)
        }
        return HTML(
          .article, [.class("compared")], .facts(facts),
          HTML(.div, [.class("sides")], children: sides))
      })
  }

  private func side(
    _ index: Int, _ translation: Translation?, _ reference: String?, _ cells: inout Int
  ) -> HTML {
    let head = HTML(.h3, LineChart.sample(index), .foreign(names[index]))
    guard let translation else {
      return HTML(.div, head, HTML(.p, [.class("note")], "no model of translations"))
    }
    let (source, target) = (
      TokenLabels.of(translation.sourceTokens), TokenLabels.of(translation.targetTokens)
    )
    let size = source.count * target.count
    var picture = HTML.nothing
    if !translation.attention.isEmpty, size <= cells {
      cells -= size
      picture =
        Heatmap(
          "translation ← source", rows: target, columns: source, weights: translation.attention
        ).html
    }
    return HTML(
      .div, head,
      HTML(
        .p, [.automaticDirection], .text(translation.text.isEmpty ? "–" : translation.text),
        translation.text == reference
          ? HTML(.small, [.class("equal")], " = reference") : .nothing),
      picture)
  }

  private static func text(_ text: String) -> HTML {
    HTML(.div, [.automaticDirection], .text(text))
  }
}
