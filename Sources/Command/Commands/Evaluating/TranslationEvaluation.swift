import DragomanDecoding
import DragomanEvaluation
import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

/// `dragoman evaluate` with a model that translates: the same sources for whichever model, and their references.
struct TranslationEvaluation {
  /// A line each.
  let sources: [String]
  /// The references of each source, as they stand in their files.
  let references: References

  /// Lines, and references that belong to them.
  init(sources: [String], references: References) {
    (self.sources, self.references) = (sources, references)
  }

  /// The sources of test pairs with all of their references.
  ///
  /// - Parameters:
  ///   - pairs: the files; those of the model's configuration if there are none.
  ///   - configuration: the model's.
  ///   - path: the model's file.
  ///   - console: is told what is remarkable of the pairs.
  init(pairs: [CorpusFile], _ configuration: JSON, of path: String, _ console: Console) throws {
    let stored = Result { try RunConfiguration.stored(configuration, file: "the model") }
    // A model that no run of Dragoman has made need not say how its data were read.
    var configuration = try pairs.isEmpty ? stored.get() : (try? stored.get()) ?? RunConfiguration()
    // What the command line names is where it says.
    if pairs.isEmpty { configuration.data.locate(from: DataPlaces(of: path)) }
    let files = pairs.isEmpty ? configuration.data.test : pairs
    guard !files.isEmpty else { throw EvaluationError.noTestPairs }
    let corpus = try configuration.data.read(files, skippingBroken: false)
    for summary in corpus.summary {
      if summary.skipped > 0 { console.message(summary.description) }
      for remark in summary.remarks { console.message(remark) }
    }
    let segments = ReferencedSources(sources: corpus.sources, targets: corpus.targets)
    if segments.sources.count < corpus.count {
      console.message(
        "references: \(NumberText.grouped(corpus.count)) pairs have "
          + "\(NumberText.grouped(segments.sources.count)) different sources"
          + (segments.severalCount == 0
            ? "; the others repeat them"
            : ", of which \(NumberText.grouped(segments.severalCount)) have several references"))
    }
    self.init(sources: segments.sources, references: segments.references)
  }

  /// What a model makes of the sources, beside the references in its own spelling.
  ///
  /// Tells how many sources have what the model never met, and how many translations were cut off.
  func judged(
    _ translator: Translator, isQuiet: Bool, _ console: Console
  ) throws -> JudgedTexts {
    try translator.requireReadable(sources, from: 1)
    var notes = TranslationNotes(
      console, isQuiet: isQuiet, unit: "sources", isListing: false, note: translator.note)
    notes.read(sources)
    let (texts, tally) = try SharedLines.translations(sources.count) { part in
      let translations = translator.translate(Array(sources[part]), .textOnly)
      if let place = translations.firstIndex(where: \.isBroken) {
        throw NoNumber(line: part.lowerBound + place + 1)
      }
      return translations
    }
    notes.wrote(tally)
    notes.finish(translator.decoding)
    return JudgedTexts(
      hypotheses: texts, references: references.mapped(translator.reference))
  }
}
