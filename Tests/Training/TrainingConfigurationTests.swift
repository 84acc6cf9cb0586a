import DragomanFormats
import Testing

@testable import DragomanTraining

/// Reads the text of a `training` object.
private func training(_ text: String) throws -> TrainingConfiguration {
  try TrainingConfiguration.parse(Array(text.utf8), file: "t.json")
}

/// The problems that reading the text of a configuration ends with.
private func problems(_ text: String) throws -> [String] {
  let error = #expect(throws: ConfigurationError.self) {
    try RunConfiguration.parse(Array(text.utf8), file: "r.json")
  }
  return try #require(error).problems.map(\.description)
}

@Suite struct `Training configuration` {
  @Test func `is complete when empty`() throws {
    #expect(try training("{}") == TrainingConfiguration())
  }

  @Test func `has a learning rate for each optimizer`() throws {
    #expect(try training(#"{"optimizer": {"kind": "adam"}}"#).optimizer.learningRate == 0.001)
    #expect(try training(#"{"optimizer": {"kind": "sgd"}}"#).optimizer.learningRate == 0.1)
    let stated = try training(#"{"optimizer": {"learningRate": 0.5, "kind": "sgd"}}"#)
    #expect(stated.optimizer.learningRate == 0.5)
  }

  @Test func `validates by epochs or updates`() throws {
    #expect(try training(#"{"validateEvery": "epoch"}"#).validateEvery == .epoch)
    let updates = try training(#"{"validateEvery": 250}"#)
    #expect(updates.validateEvery == .updates(250))
    #expect(try training(updates.json.serialized()) == updates)
  }

  @Test func `chooses batches such that an epoch has updates enough`() {
    var value = TrainingConfiguration()
    #expect(value.batchTokens(trainingTokens: 1000) == 200)
    #expect(value.batchTokens(trainingTokens: 150_000) == 1000)
    #expect(value.batchTokens(trainingTokens: 10_000_000) == 4000)
    value.batchTokens = 77
    #expect(value.batchTokens(trainingTokens: 150_000) == 77)
  }
}

@Suite struct `Run configuration` {
  @Test func `needs no more than data`() throws {
    let text = #"{"data": {"train": ["a.tsv"], "validation": ["b.jsonl"]}}"#
    let run = try RunConfiguration.parse(Array(text.utf8), file: "r.json")
    var expected = RunConfiguration()
    expected.data.train = [.tsv("a.tsv")]
    expected.data.validation = [.jsonLines("b.jsonl")]
    #expect(run == expected)
    let written = run.json.serialized(pretty: true)
    #expect(try RunConfiguration.parse(Array(written.utf8), file: "r.json") == run)
  }

  @Test func `takes its name from its file`() {
    #expect(RunConfiguration.name(of: "configs/small.json") == "small")
    #expect(RunConfiguration.name(of: "small") == "small")
    #expect(RunConfiguration.name(of: "/a/b.c.json") == "b.c")
    #expect(RunConfiguration.name(of: "../.json") == "model")
  }

  @Test func `knows three forms of a corpus`() throws {
    let text =
      #"{"train": ["a.tsv", {"source": "a.en", "target": "a.de"}], "validation": ["b.jsonl"]}"#
    let data = try DataConfiguration.parse(Array(text.utf8), file: "d.json")
    #expect(data.train == [.tsv("a.tsv"), .aligned(source: "a.en", target: "a.de")])
    #expect(
      try problems(
        #"{"data": {"train": "a.tsv", "validation": ["v.txt", 5, {"source": "x"}]}}"#) == [
          "r.json:1:20: data.train is \"a.tsv\"; it must be a list of at least 1, each the name of "
            + "a .tsv, .jsonl, .tmx or .po file, an object with \"source\" and \"target\" or an object "
            + "with \"file\" and \"format\"",
          "r.json:1:44: data.validation[0] is \"v.txt\"; it must be the name of a .tsv, .jsonl, "
            + ".tmx or .po file, an object with \"source\" and \"target\" or an object with \"file\" and "
            + "\"format\"",
          "r.json:1:53: data.validation[1] is 5; it must be the name of a .tsv, .jsonl, "
            + ".tmx or .po file, an object with \"source\" and \"target\" or an object with \"file\" and "
            + "\"format\"",
          "r.json:1:56: data.validation[2].target is missing; it must be the name of a file",
        ])
  }

  @Test func `knows files by their format, and standard input`() throws {
    let text =
      #"{"train": ["a.tmx", "-", {"file": "b.txt", "format": "jsonl"}], "validation": ["v.po"]}"#
    let data = try DataConfiguration.parse(Array(text.utf8), file: "d.json")
    #expect(data.train == [.tmx("a.tmx"), .tsv("-"), .jsonLines("b.txt")])
    #expect(data.validation == [.po("v.po")])
    #expect(try DataConfiguration.parse(Array(data.json.serialized().utf8), file: "d.json") == data)
    #expect(
      try problems(
        #"{"data": {"train": ["-"], "validation": [{"file": "-", "format": "gz"}, {"format": "po"}]}}"#
      )
        == [
          "r.json:1:66: data.validation[0].format is \"gz\"; it must be \"tsv\", \"jsonl\", \"tmx\" "
            + "or \"po\"",
          "r.json:1:73: data.validation[1].file is missing; it must be the name of a file, or \"-\" "
            + "for standard input",
        ])
  }

  @Test func `refuses to read standard input twice`() throws {
    #expect(
      try problems(#"{"data": {"train": ["-"], "validation": ["-"]}}"#) == [
        "r.json:1:20: data.train is a list and data.validation is a list: standard input (\"-\") can be "
          + "read only once; name a file instead"
      ])
  }

  @Test func `tells what is missing in a file that says nothing`() throws {
    #expect(
      try problems("{}").map { $0.prefix(38) } == [
        "r.json:1:1: data.train is missing; it ", "r.json:1:1: data.validation is missing",
      ])
  }

  @Test(arguments: ["../x", ".hidden", "-x", "a b", "a/b", ""])
  func `refuses a name that is no folder`(
    _ name: String
  ) throws {
    let text = #"{"name": "\#(name)", "data": {"train": ["a.tsv"], "validation": ["b.tsv"]}}"#
    #expect(try problems(text).count == 1)
  }

  @Test func `refuses one column for both sides and training without end`() throws {
    #expect(
      try problems(
        #"{"data": {"train": ["a.tsv"], "validation": ["b.tsv"], "columns": {"source": 2}},"#
          + #" "training": {"epochs": null, "patience": null}}"#) == [
          "r.json:1:78: data.columns.source is 2 and data.columns.target is 2 (by default): "
            + "source and target cannot be the same column; set data.columns.target to 3",
          "r.json:1:106: training.epochs is null, training.updates is null (by default) and "
            + "training.patience is null: nothing would end the training; set at least one of them",
        ])
  }
}
