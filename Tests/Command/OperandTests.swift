import DragomanTestSupport
import DragomanFormats
import DragomanSystem
import Foundation
import Testing

@testable import DragomanCommand

/// Models and configurations, named in every way that there is.
@Suite struct `Operands` {
  private let saved: SavedModel
  private var folder: TemporaryFolder { saved.folder }
  /// The folder of a run, with its best model and its last.
  private let run: String

  init() throws {
    saved = try SavedModel()
    run = saved.folder["runs/demo"]
    try Files.createDirectories(run)
    for name in ["best", "last"] {
      try FileManager.default.copyItem(atPath: saved.path, toPath: "\(run)/\(name).safetensors")
    }
    try saved.folder.write("lines", "the cat\n")
    try saved.folder.write("pairs.tsv", "the cat\tthe cat\n")
  }

  /// What each command prints that takes a model, with these words for the model.
  private func results(_ model: [String], _ option: [String]) -> [[String]: SavedModel.Outcome] {
    var found: [[String]: SavedModel.Outcome] = [:]
    for (command, rest) in [
      (["translate"], ["the cat", "--maximum-length", "4", "--quiet"]),
      (["score"], ["the cat", "a b"]),
      (["explain"], ["the cat"]), (["inspect"], []), (["inspect", "--history"], []),
      (
        ["evaluate"],
        [
          "--source", folder["lines"], "--reference", folder["lines"], "--maximum-length=4",
          "--quiet",
        ]
      ),
    ] {
      found[command] = saved.run(command + model + rest + option)
    }
    return found
  }

  @Test func `name a model by its file or by its run's folder, as an operand or as an option`() {
    let best = "\(run)/best.safetensors"
    let expected = results([best], [])
    for (model, option) in [
      ([], ["--model", best]), ([run], []), (["\(run)/"], []), ([], ["--model", run]),
    ] {
      for (command, found) in results(model, option) {
        #expect(found.code == .success, "\(command) \(found.notes)")
        #expect(found.results == expected[command]?.results, "\(command)")
        #expect(found.notes.isEmpty)
      }
    }
  }

  @Test func `take the last model of a run without a best one, and say so`() throws {
    try Files.remove("\(run)/best.safetensors")
    for (command, found) in results([run], []) {
      #expect(found.code == .success, "\(command)")
      let note = "model: \(run)/last.safetensors, since there is no best.safetensors beside it\n"
      // These two are told to be quiet.
      #expect(found.notes == (["translate", "evaluate"].contains(command[0]) ? "" : note))
    }
    try Files.remove("\(run)/last.safetensors")
    for (command, found) in results([], ["--model", run]) {
      #expect(found.code == .failure, "\(command)")
      #expect(
        found.notes == "\(run): expected a file, or the folder of a run with best.safetensors or "
          + "last.safetensors\n")
    }
  }

  @Test func `of translate are words wherever they name no model`() {
    let words = saved.briefly(["translate", "the cat", run])
    #expect(words.results.split(separator: "\n").count == 2)
    let behind = saved.run(
      ["translate", "--model", saved.path, "--maximum-length", "4", "--", run])
    #expect(behind.code == .success && behind.results.split(separator: "\n").count == 1)
  }

  @Test func `of translate that end like models are models, there or not`() {
    let missing = folder["none.safetensors"]
    let found = saved.run(["translate", missing, "the cat"])
    #expect(found.code == .failure && found.notes.hasPrefix("\(missing): cannot find the model: "))
  }

  @Test func `average models of runs`() throws {
    let output = folder["average.safetensors"]
    let found = saved.run(["average", run, "--output", output, saved.path])
    #expect(found.code == .success && found.results == output + "\n")
    let options = saved.run(["average", "--model", run, "--model", saved.path, "--output", output])
    #expect(options.code == .success && options.results == output + "\n")
  }

  @Test func `say where a model was looked for`() throws {
    let found = saved.run(["inspect", folder["runs/dmeo"]])
    #expect(found.code == .failure)
    #expect(
      found.notes
        == "\(folder["runs/dmeo"]): cannot find the model: there is no such file or folder, "
        + "nor a run of this name in runs/. Did you mean '\(run)'?\n")
  }

  @Test func `name a run without its folder`() throws {
    let found = try ProgramProcess(in: folder.path).run(["inspect", "demo"])
    #expect(found.code == 0 && found.notes == "model: runs/demo/best.safetensors\n")
    let misspelt = try ProgramProcess(in: folder.path).run(["translate", "--model", "demmo", "a"])
    #expect(misspelt.code == 1 && misspelt.notes.hasSuffix("Did you mean 'runs/demo'?\n"))
  }

  /// `srun` without `--mpi` starts processes that would all do the same; the first one says so.
  @Test func `are read by one of several processes that do not know of each other`() throws {
    for (rank, isTold) in [("0", true), ("1", false)] {
      let found = try ProgramProcess(in: folder.path).run(
        ["translate", "a"], environment: ["SLURM_STEP_NUM_TASKS": "2", "SLURM_PROCID": rank])
      #expect(found.code == 1 && found.results == "")
      #expect(found.notes.hasPrefix("2 processes were started together") == isTold)
      #expect(found.notes.isEmpty != isTold)
    }
  }

  @Test func `that are files could be meant in two ways`() throws {
    let path = try folder.write("in.txt", "the cat\na b\n")
    let found = saved.briefly(["translate", path])
    #expect(found.code == .usage)
    #expect(
      found.notes.hasPrefix(
        "dragoman: \(Excerpt.quoted(path)) is a file. 'dragoman translate < \(path)' reads its lines, and 'dragoman "
          + "translate -- \(path)' takes the path itself for the text\n"))
    #expect(saved.run(["translate", "--model", saved.path, "--", path]).code == .success)
  }

  @Test func `name a configuration`() throws {
    let pairs = folder["pairs.tsv"]
    let path = try folder.write(
      "run.json", #"{"data": {"train": ["\#(pairs)"], "validation": ["\#(pairs)"]}}"#)
    for command in ["check", "encode"] {
      let operand = saved.run([command, path])
      let option = saved.run([command, "--config", path])
      #expect(operand.code == .success && !operand.results.isEmpty)
      #expect(option.results == operand.results)
    }
    let missing = folder["none.json"]
    for words in [["train", missing], ["train", "--config", missing], ["benchmark", missing]] {
      let found = saved.run(words)
      #expect(found.code == .failure && found.notes.contains("none.json"))
    }
  }

  @Test func `name a corpus`() throws {
    let lines = (0..<40).map { "word \($0)\tmot \($0)\n" }.joined()
    let path = try folder.write("words.tsv", lines)
    let operand = saved.run(["new", path, "--output", folder["a.json"]])
    let option = saved.run(["new", "--corpus", path, "--output", folder["b.json"]])
    #expect(operand.code == .success && option.code == .success)
    #expect(operand.results == folder["a.json"] + "\n")
  }
}

/// What is written to standard output when `-` stands for a file.
@Suite struct `Output to a dash` {
  private let saved: SavedModel

  init() throws { saved = try SavedModel() }

  @Test func `is a page and nothing else`() throws {
    try saved.folder.write("other.tsv", "the cat\ta b\n")
    for words in [
      ["translate", "the cat", "--maximum-length", "4", "--quiet"], ["explain", "the cat"],
      ["inspect"],
    ] {
      let found = saved.run(words + ["--model", saved.path, "--html", "-"])
      #expect(found.code == .success, "\(found.notes)")
      #expect(
        found.results.hasPrefix("<!DOCTYPE html>") || found.results.hasPrefix("<!doctype html>"))
      #expect(found.results.hasSuffix("</html>\n"))
      #expect(found.notes.isEmpty)
    }
    #expect(!Files.exists("-"))
  }

  @Test func `is a configuration`() throws {
    let lines = (0..<40).map { "word \($0)\tmot \($0)\n" }.joined()
    let path = try saved.folder.write("words.tsv", lines)
    let found = saved.run([
      "new", path, "--output", "-", "--validation", try saved.folder.write("v.tsv", "a\tb\n"),
    ])
    #expect(found.code == .success, "\(found.notes)")
    let json = try JSON.parse(Array(found.results.utf8), file: "output")
    #expect(json["name"]?.string == "words")
  }

  @Test func `is a model`() throws {
    let found = try ProgramProcess(in: saved.folder.path).run(
      ["average", "model.safetensors", "model.safetensors", "--output", "-"])
    #expect(found.code == 0 && found.notes.isEmpty)
    let path = try saved.folder.write("averaged.safetensors", found.bytes)
    #expect(saved.run(["inspect", path]).code == .success)
  }
}
