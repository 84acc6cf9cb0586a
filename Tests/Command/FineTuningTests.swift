import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanCommand

/// From pairs to a model, to the average of its checkpoints, to a model of new pairs with new words.
@Suite struct `Averaging and going on from a model` {
  private let scratch: TemporaryFolder
  private var folder: URL { URL(filePath: scratch.path) }

  init() throws {
    scratch = try TemporaryFolder()
    let folder = self.folder
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    func pairs(_ letters: String, _ count: Int) -> String {
      (0..<count).map { line in
        let words = (0..<(2 + line % 3)).map { place in
          String(letters.dropFirst((line * 7 + place * 3) % letters.count).prefix(1))
        }
        return words.joined(separator: " ") + "\t" + words.reversed().joined(separator: " ") + "\n"
      }.joined()
    }
    try write("old.tsv", pairs("abcdefgh", 60))
    try write("new.tsv", pairs("abcxyz", 40))
    func data(_ name: String) -> String {
      let path = folder.appending(path: "\(name).tsv").path
      return #""data": {"train": ["\#(path)"], "validation": ["\#(path)"]}"#
    }
    try write(
      "old.json",
      """
      {\(data("old")), "tokenizer": {"kind": "word"},
       "model": {"embedding": 8, "encoder": {"hidden": 6}, "decoder": {"hidden": 10},
                 "attention": {"size": 7}},
       "training": {"epochs": 3, "keep": 2, "metrics": ["bleu", "loss"], "batchTokens": 40}}
      """)
    try write("new.json", "{\(data("new")), \"training\": {\"epochs\": 1, \"batchTokens\": 40}}")
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func dragoman(_ arguments: String...) -> (code: ExitCode, results: String, notes: String)
  {
    let recorder = Recorder()
    let code = recorder.run(arguments)
    return (code, recorder.results, recorder.notes)
  }

  @Test func `works from the command line`() throws {
    let runs = path("runs")
    let base = dragoman("train", "--config", path("old.json"), "--runs", runs)
    #expect(base.code == .success, "\(base.notes)")
    #expect(base.notes.contains("BLEU") && base.notes.contains("  translation  "))
    #expect(
      base.notes.hasSuffix(
        """
        report: \(runs)/old/report.html
        next: dragoman translate --model \(runs)/old/best.safetensors

        """), "\(base.notes.suffix(300))")
    let kept = try FileManager.default.contentsOfDirectory(atPath: "\(runs)/old")
      .filter { $0.hasPrefix("update-") }.sorted().map { "\(runs)/old/\($0)" }
    #expect(kept.count == 2)

    let mean = path("mean.safetensors")
    let averaged = dragoman("average", kept[0], kept[1], "--output", mean)
    #expect(averaged.code == .success && averaged.results == mean + "\n", "\(averaged.notes)")
    #expect(dragoman("inspect", mean).results.contains("weights: the average of 2 models"))

    let plain = dragoman("train", "--config", path("new.json"), "--runs", runs, "--from", mean)
    let share = " % of the training tokens ("
    #expect(
      plain.notes.contains(share)
        && plain.notes.contains(
          ") are not in its vocabularies, so nothing is learnt of them; --extend-vocabulary adds them\n"
        ),
      "\(plain.notes)")
    let tuned = dragoman(
      "train", "--config", path("new.json"), "--runs", runs, "--from", mean, "--extend-vocabulary",
      "--restart")
    #expect(tuned.code == .success, "\(tuned.notes)")
    #expect(!tuned.notes.contains(share))
    #expect(
      tuned.notes.contains(
        "begins with the weights of \(mean); 3 source and 3 target entries are new"))
    #expect(
      dragoman("translate", "--model", "\(runs)/new/best.safetensors", "x y a").code == .success)

    let other = dragoman("average", mean, "\(runs)/new/best.safetensors", "--output", mean)
    #expect(other.code == .failure && other.notes.contains("source vocabulary"))
    let refused = dragoman(
      "train", "--config", path("new.json"), "--from", mean, "--set", "model.embedding=9")
    #expect(refused.code == .failure && refused.notes.contains("model.embedding (9 instead of 8)"))

    // What was rounded may be gone on from, which is told; what comes of it is not rounded.
    let small = path("small.safetensors")
    #expect(dragoman("export", mean, "--precision", "int8", "--output", small).code == .success)
    let begun = dragoman(
      "train", "--config", path("new.json"), "--runs", runs, "--from", small, "--restart")
    #expect(begun.code == .success, "\(begun.notes)")
    #expect(
      begun.notes.contains(
        "begins with the weights of \(small) (int8, rounded by dragoman \(Program.version))"))
    #expect(!dragoman("inspect", "\(runs)/new").results.contains("precision:"))
  }
}
