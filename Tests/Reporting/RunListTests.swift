import DragomanSystem
import DragomanFormats
import DragomanTestSupport
import DragomanTraining
import Testing

@testable import DragomanReporting

@Suite struct `The list of runs` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ name: String, log: String?, damaged: Bool = false) throws {
    let run = RunFolder(name: name, in: folder.path)
    try Files.createDirectories(run.path)
    try SmallModel.file().write(to: run.best)
    let last = SmallModel.file()
    try last.write(to: run.last, moments: [("optimizer.first", last.weights)], state: JSON.null)
    if damaged {
      try folder.write("\(name)/last.safetensors", Array(Files.read(run.last).dropLast()))
    }
    try log.map { _ = try folder.write("\(name)/log.jsonl", $0) }
  }

  @Test func `knows how each stands`() throws {
    func end(_ reason: TrainingOutcome) -> String {
      LogEntry(.ended(.init(update: 3, reason: reason, phases: [:])), seconds: 1).json
        .serialized() + "\n"
    }
    let began = LogEntry.examples[0].json.serialized() + "\n"
    try run("done", log: began + end(.finished))
    try run("patient", log: end(.outOfPatience))
    try run("halted", log: end(.stopped))
    try run("killed", log: began + #"{"event":"upda"#)
    try run("odd", log: began + "end\n")
    try run("bare", log: nil)
    try run("torn", log: nil, damaged: true)
    try folder.write("no-run.txt", "x")
    try Files.createDirectories(folder["empty"])
    let runs = try RunList(root: folder.path).runs
    #expect(runs.map(\.name) == ["bare", "done", "halted", "killed", "odd", "patient", "torn"])
    #expect(
      runs.map(\.state)
        == [.unfinished, .finished, .stopped, .unfinished, .damaged, .finished, .damaged])
    #expect(runs.filter { $0.state != .damaged }.allSatisfy { $0.problems.isEmpty })
    #expect(runs[4].problems.count == 1 && runs[4].problems[0].contains("odd/log.jsonl:2:1: "))
    #expect(runs[6].problems.count == 1 && runs[6].problems[0].contains("last.safetensors"))
    let lines = try RunList(root: folder.path).lines
    #expect(lines.count == 10 && lines[9].hasPrefix("  "))
    #expect(lines[0].hasPrefix("run      state       updates    loss  parameters"))
  }

  @Test func `tells the best of each metric and the size`() throws {
    try run("one", log: nil)
    let run = try #require(RunSummary(name: "one", in: folder.path))
    let size = SmallModel.file().model.layout.parameterCount
    let bytes = try Files.size(run.folder.best)
    #expect(run.parameters == size && run.bytes == bytes)
    #expect(run.best.map(\.metric) == [.loss, .perplexity])
    #expect(run.best[0].value == 1.25 && run.best[0].update == 3 && run.best[0].interval == nil)
    let json = run.json
    #expect(json["state"]?.string == "unfinished" && json["updates"]?.int == 3)
    #expect(json["best"]?["loss"]?["value"]?.double == 1.25)
    _ = try JSON.parse(Array(json.serialized().utf8), file: "run")
  }

  @Test func `is empty where there are no runs`() throws {
    #expect(try RunList(root: folder["nothing"]).runs.isEmpty)
  }
}
