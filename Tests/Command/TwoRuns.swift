import DragomanTestSupport
import Testing

@testable import DragomanCommand

/// Two runs of a moment, `one` and `two`, that differ in their seeds.
struct TwoRuns {
  let folder: TemporaryFolder
  var paths: [String] { ["one", "two"].map { folder["runs/\($0)"] } }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("t.tsv", (0..<20).map { "a b \($0 % 4)\tc \($0 % 4)\n" }.joined())
    try folder.write("v.tsv", "a b 1\tc 1\na b\tc\n")
    let keys = ["embedding", "encoder.hidden", "decoder.hidden", "attention.size"]
    for (seed, name) in ["one", "two"].enumerated() {
      try folder.write(
        "\(name).json",
        #"{"data": {"train": ["\#(folder["t.tsv"])"], "validation": ["\#(folder["v.tsv"])"]}}"#)
      let recorder = Recorder()
      let settings =
        keys.map { "model.\($0)=4" } + [
          "training.epochs=1", "decoding.maximumLength=6", "training.seed=\(seed + 1)",
          "tokenizer.kind=character",
        ]
      let code = recorder.run(
        ["train", "--config", folder["\(name).json"], "--runs", folder["runs"], "--no-report"]
          + ["--no-tensorboard"] + settings.flatMap { ["--set", $0] })
      #expect(code == .success, "\(recorder.notes)")
    }
  }
}
