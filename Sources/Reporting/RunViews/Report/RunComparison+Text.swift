import DragomanPages
package import DragomanFormats
import DragomanTraining

extension RunComparison {
  /// Tables for a terminal: figures, with a star at the best, then the keys that differ.
  package var text: String {
    let figures = rows.enumerated().map { index, row in
      row.enumerated().map { column, cell in
        column == 0 ? cell : cell + (isBest(run: index, column: column) ? "*" : " ")
      }
    }
    let head = head.enumerated().map { $0.offset == 0 ? $0.element : $0.element + " " }
    var tables = [TextTable([head] + figures, leading: 1)]
    let keys = differingKeys
    if !keys.isEmpty {
      let rows = keys.map { key in [key] + runs.map { value(of: key, in: $0) } }
      tables.append(TextTable([["key"] + runs.map(\.name)] + rows, leading: runs.count + 1))
    }
    return tables.map { $0.lines.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  /// An object per run: its figures, and its values of the keys that differ.
  package var json: [JSON] {
    let keys = differingKeys
    return runs.map { run in
      let history = run.history
      var members: [(String, JSON)] = [("run", .string(run.name))]
      if let best = history.best {
        members.append(("bestUpdate", .int(best.figures.update)))
        for metric in history.metrics {
          if let value = best.figures.value(of: metric), value.isFinite {
            members.append((metric.rawValue, .double(value)))
          }
        }
      }
      members += [
        ("updates", .int(history.lastUpdate)), ("targetTokens", .int(history.targetTokens)),
        ("parameters", .int(history.parts.last?.beginning.parameters ?? 0)),
        ("seconds", .double(history.seconds)),
        (
          "configuration",
          .object(keys.map { ($0, run.configuration.json.value(at: $0) ?? .null) })
        ),
      ]
      return .object(members)
    }
  }
}
