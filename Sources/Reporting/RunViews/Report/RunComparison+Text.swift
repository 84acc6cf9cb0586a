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
    var parts = [Self.table([head] + figures, numeric: true)]
    let keys = differingKeys
    if !keys.isEmpty {
      parts.append(
        Self.table(
          [["key"] + runs.map(\.name)]
            + keys.map { key in [key] + runs.map { value(of: key, in: $0) } },
          numeric: false))
    }
    return parts.joined(separator: "\n\n")
  }

  /// Cells in columns as wide as their widest; numbers stand at the right.
  private static func table(_ rows: [[String]], numeric: Bool) -> String {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { TextWidth.of($0[column]) }.max() ?? 0
    }
    return rows.map { row in
      var line = row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - TextWidth.of(cell))
        return numeric && column > 0 ? space + cell : cell + space
      }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
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
