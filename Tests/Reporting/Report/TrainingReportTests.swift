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
      // It is asked several times between two updates.
      if Files.exists(run.folder.report), let text = try? run.report(), text != pages.last {
        pages.append(text)
      }
      return false
    }
    #expect(pages.allSatisfy { $0.contains(tag) })
    // It is written anew when something was logged.
    for update in [0, 2, 4, 6] {
      #expect(pages.contains { $0.contains("as of update \(update)") }, "\(update)")
    }
    #expect(pages[0].contains("as of update 0"))
    #expect(pages.last?.contains("<h2>Translations</h2>") ?? false)
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
    let charts = RunCharts.charts(history, .translation).map(\.markup).joined()
    #expect(charts.utf8.count < 400_000)
  }

  @Test func `draws CIDEr-D, which goes to 10, apart from scores that go to 100`() {
    let history = RunHistory([
      LogEntry(
        .validated(
          .init(
            figures: .init(update: 10, epoch: 0, loss: 3, scores: [.bleu4: 31.5, .cider: 1.25]),
            isBest: true, improved: [.loss], phases: [:], samples: [])), seconds: 7)
    ])
    let charts = RunCharts.charts(history, .captioning).map(\.markup)
    #expect(charts.count { $0.contains(">BLEU-4<") && !$0.contains(">CIDEr-D<") } == 1)
    #expect(charts.count { $0.contains(">CIDEr-D<") && !$0.contains(">BLEU-4<") } == 1)
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
    // Words of the validation pairs are unknown to both.
    let obstacle =
      "not compared: loss/character, since unknown tokens cost less than what they stand for"
    #expect(comparison.obstacles == [obstacle])
    let lines = comparison.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("run ") && lines[0].contains("loss") && lines[0].contains("BLEU"))
    #expect(lines[1].hasPrefix("one") && lines[2].hasPrefix("two"))
    #expect(lines[1...2].contains { $0.contains("*") })
    #expect(lines[3] == obstacle && lines[4] == "" && lines[5].hasPrefix("key"))
    #expect(lines[6].split(separator: " ") == ["model.encoder.cell", "\"gru\"", "\"lstm\""])
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

  @Test func `has no star where figures cannot be compared, and says why`() throws {
    let one = try TinyRun("one")
    try one.train()
    // The same pairs in a file of another name, cut into characters.
    let two = try TinyRun("two")
    two.configuration.tokenizer.kind = .character
    try two.train()
    var comparison = try RunComparison(folders: [one.folder.path, two.folder.path])
    func stars() -> [String] { comparison.columns.filter { !$0.best.isEmpty }.map(\.head) }
    #expect(!stars().contains("loss") && !stars().contains("perplexity"))
    #expect(stars().contains("BLEU"))
    #expect(
      comparison.obstacles.first
        == "not compared: loss, perplexity, since the runs cut text into different tokens")
    // Words of the validation pairs are unknown to the first run.
    #expect(
      comparison.obstacles.last
        == "not compared: loss/character, since unknown tokens cost less than what they stand for")
    let mark = try #require(comparison.runs[1].history.validationMark)
    #expect(mark.pairs == 3 && mark.words == 4 && mark.characters == 15 && mark.tokens == 18)
    let loss = try #require(comparison.runs[1].best?.loss)
    #expect(comparison.runs[1].lossPerCharacter == loss * 18 / 15)
    #expect(comparison.json[1]["lossPerCharacter"]?.double == loss * 18 / 15)
    #expect(comparison.json[1]["lossPerWord"]?.double == loss * 18 / 4)
    #expect(comparison.json[0]["notCompared"]?.array?.count == 2)
    // Other validation pairs.
    let three = try TinyRun("three")
    try three.scratch.write("validation.tsv", "a b\tb a\nc\tc\n")
    try three.train()
    comparison = try RunComparison(folders: [one.folder.path, three.folder.path])
    #expect(stars().isEmpty)
    #expect(
      comparison.obstacles == [
        "not compared: loss, loss/character, perplexity, BLEU, since the runs are validated on different pairs"
      ])
    #expect(!comparison.text.contains("*") && comparison.text.contains("\nnot compared: loss, "))
    #expect(
      String(decoding: comparison.page.bytes, as: UTF8.self).contains(
        "validated on different pairs"))
    // Case.
    let four = try TinyRun("four")
    four.configuration.tokenizer.lowercase = .both
    try four.train()
    comparison = try RunComparison(folders: [two.folder.path, four.folder.path])
    #expect(
      comparison.obstacles.contains {
        $0.hasSuffix("BLEU, since the runs write targets in different spelling")
      }, "\(comparison.obstacles)")
  }

  @Test func `goes by the configurations where logs of earlier versions have no mark`() throws {
    let (one, two) = try runs()
    for run in [one, two] {
      let entries = try RunLog.entries(of: run.folder.log)
      let log = RunLog(run.folder.log)
      try log.begin()
      for entry in entries {
        guard case .began(var beginning) = entry.event else {
          try log.append(entry)
          continue
        }
        beginning.validation = nil
        try log.append(LogEntry(.began(beginning), seconds: entry.seconds))
      }
    }
    let comparison = try RunComparison(folders: [one.folder.path, two.folder.path])
    #expect(comparison.obstacles.isEmpty)
    #expect(comparison.columns.map(\.head).prefix(3) == ["loss", "perplexity", "BLEU"])
    let other = try TinyRun("three")
    try other.train()
    #expect(
      try RunComparison(folders: [one.folder.path, other.folder.path]).obstacles.count == 1)
  }

  @Test func `shows the same sentences by every run`() throws {
    let (one, two) = try runs()
    let comparison = try RunComparison(folders: [one.folder.path, two.folder.path])
    let shown = try ComparedSentences(comparison, threads: 1)
    #expect(shown.sentences.map(\.source) == ["<script>1</script> & \"x\"", "سلام"])
    let page = String(decoding: comparison.page(shown).bytes, as: UTF8.self)
    #expect(page.components(separatedBy: "<div class=\"sides\">").count == 3)
    #expect(page.components(separatedBy: "class=\"heatmap\"").count >= 3)
    #expect(page.contains("by the best model of each run"))
    let asked = try ComparedSentences(comparison, sources: ["a b 1 c"], threads: 1)
    #expect(asked.lines.count == 3 && asked.lines[0] == "source     a b 1 c")
    #expect(asked.lines[1].hasPrefix("one        ") && asked.lines[2].hasPrefix("two        "))
    #expect(asked.json[0]["translations"]?["two"]?.string != nil)
    #expect(asked.json[0]["reference"] == nil)
    try Files.remove(two.folder.best)
    let missing = try ComparedSentences(comparison, sources: ["a b 1 c"], threads: 1)
    #expect(missing.lines[2] == "two        –")
    #expect(
      String(decoding: comparison.page(missing).bytes, as: UTF8.self)
        .contains("no model of translations"))
  }

  @Test func `calls runs by their paths where names are alike`() throws {
    let run = try TinyRun()
    try run.train()
    let comparison = try RunComparison(folders: [run.folder.path, run.folder.path])
    #expect(comparison.runs.map(\.name) == [run.folder.path, run.folder.path])
    #expect(comparison.differingKeys.isEmpty)
  }

  @Test func `says what is not a run`() throws {
    let run = try TinyRun()
    #expect(
      run.scratch.message { _ = try RunComparison(folders: [run.scratch["nothing"]]) }
        == "nothing: expected the folder of a run, but it has no config.json. Name folders such as "
        + "runs/phrasebook, which 'dragoman train' makes.")
  }
}
