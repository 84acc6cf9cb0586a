import DragomanTestSupport
import DragomanLayers
import DragomanSystem
import DragomanFormats
import DragomanTraining
import Testing

@testable import DragomanReporting

@Suite struct `A training report` {
  @Test func `shows curves, translations, data, model, machine and configuration`() throws {
    let run = try TinyRun()
    try run.train()
    let text = try run.report()
    for part in [
      "<title>tiny</title>", "finished after 8 updates", ">Loss<", ">Perplexity<", ">BLEU<",
      ">Learning rate<",
      ">Gradient norm<", ">Speed<", "<h2>Translations</h2>", "<h2>Data</h2>", "<h2>Model</h2>",
      "<h2>Configuration</h2>", "<dt>validation pairs</dt>", "<dt>preparation</dt>",
      "<dt>model.embedding</dt>", #"data-x="1 2 3 4 5 6 7 8""#, #"data-x="2 4 6 8""#,
      "&lt;script&gt;1&lt;/script&gt; &amp; &quot;x&quot;",
    ] {
      #expect(text.contains(part), "'\(part)' is missing")
    }
    #expect(text.split(separator: "<script").count == 2, "one script, the page's own")
  }

  @Test func `is there from the start and loads itself anew until the run has ended`() throws {
    let run = try TinyRun()
    let tag = "<meta http-equiv=\"refresh\" content=\"10\">"
    nonisolated(unsafe) var pages: [String] = []
    let log = TrainingLog(path: run.folder.log)
    let report = TrainingReport(path: run.folder.report, log: run.folder.log)
    let trainer = try Trainer(
      run.configuration, folder: run.folder, threads: 1, observers: [log, report])
    try trainer.run {
      if Files.exists(run.folder.report), let text = try? run.report() { pages.append(text) }
      return false
    }
    #expect(pages.count == 8 && pages.allSatisfy { $0.contains(tag) })
    #expect(pages[0].contains("as of update 0") && pages[7].contains("<h2>Translations</h2>"))
    let last = try run.report()
    #expect(!last.contains("http-equiv=\"refresh\"") && last.contains("finished after 8 updates"))
  }

  @Test func `goes on with its history after a resume`() throws {
    let run = try TinyRun()
    try run.train(stopAfter: 5)
    #expect(try run.report().contains("stopped after 5 updates; it can be resumed"))
    try run.train(resume: true)
    let text = try run.report()
    #expect(text.contains(#"data-x="1 2 3 4 5 6 7 8""#))
    #expect(text.contains("<dt>resumed after</dt>\n<dd>update 5</dd>"))
    #expect(try RunHistory(RunLog.entries(of: run.folder.log)).parts.count == 2)
  }

  @Test func `is small however long the run`() throws {
    let run = try TinyRun()
    try run.train()
    var history = try RunHistory(RunLog.entries(of: run.folder.log))
    let entry = LogEntry(
      .updated(
        .init(
          update: 9, epoch: 1, loss: 1.23456, gradientNorm: 1.2, learningRate: 0.001,
          targetTokens: 90, pairs: 9, tokensPerSecond: 5)), seconds: 9)
    for _ in 0..<20_000 { history.add(entry) }
    let charts = RunCharts.charts(history).map(\.markup).joined()
    #expect(charts.utf8.count < 400_000)
  }

  @Test func `goes away when the run begins again`() throws {
    let run = try TinyRun()
    try run.train()
    try run.folder.clear()
    #expect(try Files.list(run.folder.path).isEmpty)
  }
}

@Suite struct `A comparison of runs` {
  private func runs() throws -> (TinyRun, TinyRun) {
    let one = try TinyRun("one")
    let two = try TinyRun("two")
    two.configuration.model.recurrentEncoder.cell = .lstm
    two.configuration.training.optimizer.learningRate = 0.05
    two.configuration.data = one.configuration.data
    try one.train()
    try two.train()
    return (one, two)
  }

  @Test func `has figures and the keys that differ`() throws {
    let (one, two) = try runs()
    let comparison = try RunComparison(folders: [one.folder.path + "/", two.folder.path])
    #expect(comparison.differingKeys == ["model.encoder.cell", "training.optimizer.learningRate"])
    let lines = comparison.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("run ") && lines[0].contains("loss") && lines[0].contains("BLEU"))
    #expect(lines[1].hasPrefix("one") && lines[2].hasPrefix("two"))
    #expect(lines[1...2].contains { $0.contains("*") })
    #expect(lines[3] == "" && lines[4].hasPrefix("key"))
    #expect(lines[5].split(separator: " ") == ["model.encoder.cell", "\"gru\"", "\"lstm\""])
    #expect(comparison.json[1]["configuration"]?["model.encoder.cell"]?.string == "lstm")
    #expect(comparison.json[0]["updates"]?.int == 8)
    let page = String(decoding: comparison.page.bytes, as: UTF8.self)
    for part in [
      "<bdi>one</bdi>", "<bdi>two</bdi>", "Validation: loss", "training.optimizer.learningRate",
      "سلام",
    ] {
      #expect(page.contains(part), "'\(part)' is missing")
    }
  }

  @Test func `calls runs by their paths where names are alike`() throws {
    let run = try TinyRun()
    try run.train()
    let comparison = try RunComparison(folders: [run.folder.path, run.folder.path])
    #expect(comparison.runs.map(\.name) == [run.folder.path, run.folder.path])
    #expect(comparison.differingKeys.isEmpty)
  }

  @Test func `says what is no run`() throws {
    let run = try TinyRun()
    #expect(
      run.scratch.message { _ = try RunComparison(folders: [run.scratch["nothing"]]) }
        == "nothing: expected the folder of a run, but it has no config.json. Name folders such as "
        + "runs/phrasebook, which 'dragoman train' makes.")
  }
}
