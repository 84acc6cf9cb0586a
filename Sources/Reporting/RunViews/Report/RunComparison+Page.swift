package import DragomanPages
import DragomanFormats
import DragomanTraining
import DragomanTranslation

extension RunComparison {
  /// The runs on a page.
  package var page: Page { page(ComparedSentences()) }

  /// The runs on a page, with the same sentences as each model translates them.
  package func page(_ sentences: ComparedSentences) -> Page {
    let keys = differingKeys
    return Page(
      runs.count == 1 ? runs[0].name : "\(runs.count) runs",
      subtitle: .group(
        Array(runs.map { [HTML.foreign($0.name)] }.joined(separator: [.text(" · ")]))),
      styles: [ComparisonStyle.text],
      content: [
        .section(
          "Best models",
          note:
            """
            Figures of each run's best validation by its own first metric; in brackets, what 95 % of test sets drawn \
            from this one give.
            """,
          figures,
          obstacles.isEmpty
            ? .nothing
            : HTML(
              .ul, [.class("problems")], children: obstacles.map { HTML(.li, .text($0)) })),
        .section(
          "Configurations",
          note: keys.isEmpty
            ? "They are the same." : "The keys that differ.",
          keys.isEmpty ? .nothing : configurations(keys)),
        sentences.html ?? translations,
        .section(
          "Curves",
          .columns(
            RunCharts.charts(
              runs.map { (name: $0.name, history: $0.history) },
              Set(runs.map(\.configuration.task))))),
      ])
  }

  private var figures: HTML {
    let columns = columns
    return .table(
      head: ["run"] + columns.map { .text($0.head) },
      rows: runs.indices.map { index in
        [.group([LineChart.sample(index), .foreign(runs[index].name)])]
          + columns.map { column in
            column.best.contains(index)
              ? HTML(.span, [.class("best")], .text(column.cells[index]))
              : .text(column.cells[index])
          }
      }, numeric: Set(1...columns.count))
  }

  private func configurations(_ keys: [String]) -> HTML {
    .table(
      head: ["key"] + runs.map { .foreign($0.name) },
      rows: keys.map { key in
        [.text(key)] + runs.map { HTML(.code, .foreign(value(of: key, in: $0))) }
      })
  }

  /// What each run's last validation made of the sources that any of them shows.
  private var translations: HTML {
    var sources: [(source: String, reference: String)] = []
    for sample in runs.compactMap(\.history.validations.last).flatMap(\.samples)
    where !sources.contains(where: { $0 == (sample.source, sample.reference) }) {
      sources.append((sample.source, sample.reference))
    }
    guard !sources.isEmpty else { return .nothing }
    let areClasses = runs.allSatisfy { $0.configuration.task == .classification }
    return .section(
      areClasses ? "Examples" : "Translations", note: "Those of the last validation.",
      content: sources.map { source, reference in
        var facts: [(name: String, value: HTML)] = [
          (areClasses ? "example" : "source", Self.block(source)),
          (areClasses ? "class" : "reference", Self.block(reference)),
        ]
        for run in runs {
          let sample = run.history.validations.last?.samples.first {
            $0.source == source && $0.reference == reference
          }
          if let sample { facts.append((run.name, Self.block(sample.translation))) }
        }
        return HTML(.article, [.class("sample-history")], .facts(facts))
      })
  }

  private static func block(_ text: String) -> HTML {
    HTML(.div, [.automaticDirection], .text(text))
  }
}
