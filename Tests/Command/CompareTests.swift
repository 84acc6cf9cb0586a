import DragomanSystem
import DragomanTestSupport
import Testing

@testable import DragomanCommand

@Suite struct `Comparing runs` {
  @Test func `translates sentences with each run's model, below the tables and on a page`() throws {
    let folder = try TemporaryFolder()
    try folder.write("t.tsv", (0..<20).map { "a b \($0 % 4)\tc \($0 % 4)\n" }.joined())
    try folder.write("v.tsv", "a b 1\tc 1\na b\tc\n")
    let keys = ["embedding", "encoder.hidden", "decoder.hidden", "attention.size"]
    for name in ["one", "two"] {
      try folder.write(
        "\(name).json",
        #"{"data": {"train": ["\#(folder["t.tsv"])"], "validation": ["\#(folder["v.tsv"])"]}}"#)
      let recorder = Recorder()
      let settings =
        keys.map { "model.\($0)=4" } + [
          "training.epochs=1", "decoding.maximumLength=6",
          "training.seed=\(name == "one" ? 1 : 2)",
        ]
      let code = recorder.run(
        ["train", "--config", folder["\(name).json"], "--runs", folder["runs"], "--no-report"]
          + settings.flatMap { ["--set", $0] })
      #expect(code == .success, "\(recorder.notes)")
    }
    let runs = ["one", "two"].map { folder["runs/\($0)"] }
    let text = Recorder()
    #expect(text.run(["compare"] + runs + ["--sentence", "a b 3"]) == .success)
    #expect(text.results.contains("loss/character"))
    #expect(text.results.contains("\n\nsource     a b 3\none        "))
    let json = Recorder()
    #expect(json.run(["compare", "--json"] + runs + ["--sentence", "a b 3"]) == .success)
    #expect(json.results.contains(#"{"source":"a b 3","reference":null,"translations":{"one":"#))
    let page = Recorder()
    #expect(page.run(["compare", "--html", folder["c.html"]] + runs) == .success)
    let html = String(decoding: try Files.read(folder["c.html"]), as: UTF8.self)
    // Validations showed nothing: the first pairs stand for them.
    #expect(html.contains("by the best model of each run") && html.contains("a b 1"))
  }
}
