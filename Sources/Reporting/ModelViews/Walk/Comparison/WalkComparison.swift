package import DragomanFormats
import DragomanModels
import DragomanPages
package import DragomanTranslation

/// One sentence's ways through several models, side by side.
package struct WalkComparison: Sendable {
  /// Models that are compared at most: as many as have room beside each other.
  package static let most = 4

  /// A way, and what its model is called.
  package struct Way: Sendable {
    /// The model's file.
    package let path: String
    /// What it is called here.
    package let name: String
    /// The way.
    package let walk: Walk
  }

  /// The ways, in the order in which they were asked for.
  package let ways: [Way]

  /// The ways of a sentence through models whose files and runs have names; one that is not the only one of its name is
  /// called by its file.
  ///
  /// - Precondition: there are two to ``most``.
  package init(_ ways: [(path: String, name: String?, walk: Walk)]) {
    precondition((2...Self.most).contains(ways.count), "\(ways.count) ways side by side")
    self.ways = ways.map { way in
      let name = way.name.flatMap { name in
        ways.count { $0.name == name } == 1 ? name : nil
      }
      return Way(path: way.path, name: name ?? way.path, walk: way.walk)
    }
  }

  /// The sentence.
  var line: String { ways[0].walk.source.line }
  /// Whether a target was given.
  var isForced: Bool { ways[0].walk.reference != nil }
  /// Steps of the longest translation.
  var steps: Int { ways.map(\.walk.steps.count).max() ?? 0 }
}

extension WalkComparison {
  /// The ways in short, for a terminal of 80 columns: one below the other, and then what came of each.
  package var lines: [String] {
    var lines: [String] = []
    for way in ways {
      lines += ["== \(way.name)"] + way.walk.lines + [""]
    }
    let rows = ways.map { way in
      [
        WalkLines.cut(way.name, 24), WalkLines.cut(way.walk.text, 36),
        NumberText.fixed(-way.walk.loss, decimals: 4),
        NumberText.fixed(-way.walk.loss / Double(max(way.walk.steps.count, 1)), decimals: 4),
      ]
    }
    let head = ["model", isForced ? "target" : "writes", "log p", "per token"]
    return lines + WalkLines.table([head] + rows)
  }

  /// Every number of the ways, for programs: an object for each model.
  package var json: [JSON] {
    ways.map { JSON.object([("model", .string($0.path))]).adding($0.walk.json) }
  }
}
