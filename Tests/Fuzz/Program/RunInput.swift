import DragomanFuzzEntry
import DragomanReporting
import DragomanTraining

@testable import DragomanCommand

/// What stands in the folder of a run, as commands read it again.
enum RunInput {
  private static let scratch = Scratch("runs")
  private static let runs: Scratch = {
    _ = scratch.path
    return Scratch("runs/one")
  }()

  /// A log, and behind a byte that is in no UTF-8 a configuration.
  static func log(_ bytes: [UInt8]) {
    let parts = bytes.parts
    let path = runs.write("log.jsonl", parts[0])
    runs.write("config.json", Array(parts.dropFirst().joined()))
    Promise.attempt {
      var log = RunLog(path)
      var history = RunHistory()
      for entry in try log.readOn() { history.add(entry) }
      _ = try RunLog.last(of: path)
    }
    _ = Program.run(["runs", scratch.path], .checking)
    _ = Program.run(["runs", scratch.path, "--json"], .checking)
    _ = Program.run(["compare", runs.path], .checking)
  }
}
