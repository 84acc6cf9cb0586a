import DragomanSystem
import DragomanFormats
package import DragomanText
import DragomanTranslation

extension DataConfiguration {
  /// Reads all pairs and looks for what a person should know of before training.
  ///
  /// - Parameters:
  ///   - tokenizer: says whether lengths are those in characters.
  ///   - threads: threads that look.
  /// - Throws: a ``CorpusError`` where a file cannot be read, ``TrainingError/noPairs(role:read:skipped:files:)`` where
  ///   nothing in the training or validation pairs can be used.
  package func report(
    _ tokenizer: TokenizerConfiguration, threads: Int = 1
  ) throws -> CorpusReport {
    var parts: [(name: String, corpus: ParallelCorpus)] = []
    for (name, files) in [("train", train), ("validation", validation), ("test", test)]
    where !files.isEmpty {
      let corpus = try read(files)
      guard corpus.count > 0 else {
        let skipped = corpus.summary.reduce(0) { $0 + $1.skipped }
        throw TrainingError.noPairs(
          role: name, read: skipped, skipped: skipped,
          files: corpus.summary.filter { $0.skipped > 0 }.map(\.description))
      }
      parts.append((name, corpus))
    }
    return report(parts, tokenizer, threads: threads)
  }

  /// The report on parts that have been read.
  func report(
    _ parts: [(name: String, corpus: ParallelCorpus)], _ tokenizer: TokenizerConfiguration,
    threads: Int
  ) -> CorpusReport {
    CorpusReport(
      parts, maximumLength: maximumLength,
      countsCharacters: (
        tokenizer.kinds.source == .character, tokenizer.kinds.target == .character
      ),
      threads: threads)
  }

  /// Where the two sides of a pair stand in a line; the keys of JSON Lines are the languages' codes.
  package var layout: CorpusLayout {
    var layout = CorpusLayout(
      sourceColumn: columns.source, targetColumn: columns.target,
      sourceKey: languages.source ?? "source", targetKey: languages.target ?? "target")
    layout.decodesEntities = decodeEntities
    return layout
  }

  /// The pairs of files; lines that are not text are left out, or are errors.
  package func read(
    _ files: [CorpusFile], skippingBroken: Bool = true
  ) throws(CorpusError) -> ParallelCorpus {
    do {
      return try ParallelCorpus(reading: files, layout: layout, skippingBroken: skippingBroken)
    } catch {
      throw places.explained(error)
    }
  }

  /// The test pairs, if they are all there already; training needs them only to warn of those it has seen.
  var availableTest: [CorpusFile] {
    let isThere = test.flatMap(\.paths).allSatisfy { $0 != "-" && Files.exists($0) }
    return isThere ? test : []
  }
}
