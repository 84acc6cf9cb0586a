import DragomanSystem
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanCommand

/// Paths in a configuration, from the working directory and from the configuration.
@Suite struct `Paths in a configuration` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try Files.createDirectories(folder["project/data"])
    try Files.createDirectories(folder["elsewhere"])
    let pairs = (0..<30).map { "a \($0 % 7) b\tb \($0 % 7) a\n" }.joined()
    for part in ["train", "test"] { try folder.write("project/data/\(part).tsv", pairs) }
    try folder.write(
      "project/my.json",
      """
      {"data": {"train": ["data/train.tsv"], "validation": ["data/test.tsv"], "test": ["data/test.tsv"]},
       "tokenizer": {"kind": "word"},
       "model": {"embedding": 4, "encoder": {"hidden": 4}, "decoder": {"hidden": 4}, "attention": {"size": 4}},
       "decoding": {"maximumLength": 4},
       "training": {"epochs": 1, "batchTokens": 40}}
      """)
  }

  private func run(_ words: String..., in name: String = "") throws -> ProgramProcess.Outcome {
    try ProgramProcess(in: folder[name]).run(words)
  }

  @Test func `are tried from the configuration as well`() throws {
    let own = try run("check", "my.json", in: "project")
    #expect(own.code == 0 && own.results.hasPrefix("train: 30 pairs in data/train.tsv\n"))
    let above = try run("check", "project/my.json")
    #expect(
      above.code == 0 && above.results.hasPrefix("train: 30 pairs in project/data/train.tsv\n"))
    let beside = try run("check", "../project/my.json", in: "elsewhere")
    #expect(beside.results.hasPrefix("train: 30 pairs in ../project/data/train.tsv\n"))
    // The working directory comes first.
    try Files.createDirectories(folder["data"])
    try folder.write("data/train.tsv", "x\ty\n")
    #expect(
      try run("check", "project/my.json").results.hasPrefix("train: 1 pair in data/train.tsv\n"))
  }

  @Test func `that lead nowhere are told with all places`() throws {
    try Files.remove(folder["project/data/test.tsv"])
    let found = try run("check", "project/my.json")
    #expect(found.code == 1)
    #expect(
      found.notes == "data/test.tsv: cannot open the file: No such file or directory. There is no "
        + "'project/data/test.tsv' either. There is no folder 'data'.\n")
  }

  @Test func `are tried from a run's folder, and from what that lies in`() throws {
    let trained = try run("train", "my.json", "--quiet", in: "project")
    #expect(trained.code == 0, "\(trained.notes)")
    let near = try run("evaluate", "--metrics", "exact", in: "project")
    #expect(near.code == 0, "\(near.notes)")
    let far = try run("evaluate", "../project/runs/my", "--metrics", "exact", in: "elsewhere")
    #expect(far.code == 0 && far.results == near.results, "\(far.notes)")
    let again = try run("check", "../project/runs/my", in: "elsewhere")
    #expect(again.results.hasPrefix("train: 30 pairs in ../project/data/train.tsv\n"))
    try Files.remove(folder["project/data/test.tsv"])
    let lost = try run("evaluate", "../project/runs/my", in: "elsewhere")
    #expect(lost.code == 1)
    #expect(
      lost.notes.hasPrefix(
        "data/test.tsv: cannot open the file: No such file or directory. There is no "
          + "'../project/runs/my/data/test.tsv' nor '../project/data/test.tsv' either."))
  }
}
