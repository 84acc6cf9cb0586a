import DragomanPages
package import DragomanFormats
import DragomanTraining

extension RunComparison {
  /// Tables for a terminal: figures, with a star at the best of those that can be compared, then the keys that differ.
  package var text: String {
    let columns = columns
    let head = ["run"] + columns.map { $0.head + " " }
    let figures = runs.indices.map { index in
      [runs[index].name]
        + columns.map { $0.cells[index] + ($0.best.contains(index) ? "*" : " ") }
    }
    var tables = [TextTable([head] + figures, leading: 1).lines + obstacles]
    let keys = differingKeys
    if !keys.isEmpty {
      let rows = keys.map { key in [key] + runs.map { value(of: key, in: $0) } }
      tables.append(
        TextTable([["key"] + runs.map(\.name)] + rows, leading: runs.count + 1).lines)
    }
    return tables.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
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
        for (name, value) in [
          ("lossPerCharacter", run.lossPerCharacter), ("lossPerWord", run.lossPerWord),
        ] {
          if let value, value.isFinite { members.append((name, .double(value))) }
        }
        members += best.figures.members.filter { $0.0 == "intervals" }
      }
      members += [
        ("updates", .int(history.lastUpdate)), ("targetTokens", .int(history.targetTokens)),
        ("parameters", .int(history.parts.last?.beginning.parameters ?? 0)),
        ("seconds", .double(history.seconds)),
        ("notCompared", .strings(obstacles)),
        (
          "configuration",
          .object(keys.map { ($0, run.configuration.json.value(at: $0) ?? .null) })
        ),
      ]
      return .object(members)
    }
  }
}
