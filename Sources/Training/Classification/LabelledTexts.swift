package import DragomanText

/// Texts and the names of their classes, as a corpus has them.
package struct LabelledTexts: Sendable {
  /// The texts.
  package let texts: [String]
  /// The names of their classes, without spaces at their ends.
  package let labels: [String]

  /// The examples of a corpus: sources are texts, targets are classes.
  package init(_ corpus: ParallelCorpus) {
    texts = Array(corpus.sources)
    labels = corpus.targets.map(ClassLabels.name)
  }
}
