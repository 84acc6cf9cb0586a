import DragomanPages
import DragomanSystem
import DragomanFormats
import DragomanTraining

/// The runs in a folder, as a table.
package struct RunList {
  /// The runs, by name.
  package let runs: [RunSummary]
  /// What is left of names in the folder that are not UTF-8, so that nothing is told of what they stand for.
  package let unreadable: [String]

  /// Looks at all folders in `root`; there need not be such a folder.
  package init(root: String) throws {
    let (names, unreadable) = Files.exists(root) ? try Files.contents(root) : ([], [])
    self.unreadable = unreadable
    runs = names.filter { Files.isDirectory("\(root)/\($0)") }
      .compactMap { RunSummary(name: $0, in: root) }
  }

  /// The lines of the table: a run each, and below it what is damaged.
  package var lines: [String] {
    // Perplexity says what the loss says.
    let metrics = ValidationMetric.allCases.filter { metric in
      metric != .perplexity && runs.contains { $0.best.contains { $0.metric == metric } }
    }
    let head =
      ["run", "state", "updates"] + metrics.map(\.name) + ["parameters", "changed (UTC)"]
    let rows = runs.map { run -> [String] in
      let figures = metrics.map { metric -> String in
        guard let best = run.best.first(where: { $0.metric == metric }) else { return "–" }
        let interval = best.interval.map { " (\($0))" } ?? ""
        return RunFigures.text(best.value, metric) + interval
      }
      let updates = run.record.map { NumberText.grouped($0.updates) } ?? "–"
      let parameters = run.parameters.map(NumberText.grouped) ?? "–"
      return [run.name, run.state.rawValue, updates] + figures
        + [parameters, DateText.minute(run.changed)]
    }
    let table = TextTable([head] + rows, leading: 2).lines
    return [table[0]]
      + zip(table.dropFirst(), runs).flatMap { line, run in
        [line] + run.problems.map { "  \($0)" }
      }
  }
}
