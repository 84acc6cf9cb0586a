import DragomanFormats
import DragomanTranslation
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

@Suite struct `A run's configuration refuses` {
  @Test func `one table of word vectors for two vocabularies`() throws {
    let data = #""data": {"train": ["t.tsv"], "validation": ["v.tsv"]}"#
    #expect(
      try problems("{\(data), \"model\": {\"tied\": \"languages\"}}") == [
        "r.json:1:75: model.tied is \"languages\" and tokenizer.shared is false (by default): "
          + "source and target can share word vectors only if they share a vocabulary; "
          + "set tokenizer.shared to true or set model.tied to \"none\""
      ])
    let shared =
      "{\(data), \"tokenizer\": {\"shared\": true}, \"model\": {\"tied\": \"languages\"}}"
    #expect(
      try RunConfiguration.parse(Array(shared.utf8), file: "r.json").model.tied == .languages)
  }
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

@Suite struct `Optimizer and schedule` {
  private func problems(_ training: String) throws -> [String] {
    let error = #expect(throws: ConfigurationError.self) {
      try TrainingConfiguration.parse(Array(training.utf8), file: "t.json")
    }
    return try #require(error).problems.map(\.description)
  }

  @Test func `have defaults for each kind`() throws {
    #expect(try training(#"{"optimizer": {"kind": "adamw"}}"#).optimizer.weightDecay == 0.01)
    #expect(try training(#"{"schedule": {"kind": "inverseSquareRoot"}}"#).schedule.warmup == 1000)
    #expect(try training(#"{"schedule": {"kind": "cosine"}}"#).schedule.warmup == 0)
    for kind in ScheduleKind.allCases {
      var value = TrainingConfiguration()
      value.schedule.kind = kind
      value.schedule.warmup = 3
      #expect(try training(value.json.serialized()) == value)
    }
  }

  @Test(arguments: [
    (
      #"{"optimizer": {"kind": "adamw", "weightDecay": 10, "learningRate": 0.1}}"#,
      "optimizer.weightDecay is 10 and optimizer.learningRate is 0.1: their product is the share of a "
        + "weight that an update takes away, and none is left; set training.optimizer.weightDecay to 0.01"
    ),
    (
      #"{"updates": 50, "schedule": {"warmup": 50}}"#,
      "schedule.warmup is 50 and updates is 50: training would end before the learning rate has risen; set "
        + "training.schedule.warmup to 5"
    ),
    (
      #"{"patience": 3, "schedule": {"kind": "plateau"}}"#,
      "schedule.patience is 3 (by default) and patience is 3: training would end before the learning "
        + "rate falls; set training.patience to 9 or set training.schedule.patience to 1"
    ),
    (
      #"{"epochs": 5, "schedule": {"kind": "step"}}"#,
      "schedule.after is 5 (by default) and epochs is 5: training would end before the learning rate falls; set "
        + "training.schedule.after to 2"
    ),
    (
      #"{"epochs": 1, "schedule": {"kind": "step"}}"#,
      "training would end before the learning rate falls; set training.epochs to more than 5"
    ),
    (
      #"{"pieces": 6}"#,
      "it is 6, but the gradients of pieces are added two by two; set training.pieces to 4 or set training.pieces to 8"
    ),
    (
      #"{"epochs": null, "schedule": {"kind": "cosine"}}"#,
      "schedule.length is null (by default), epochs is null, updates is null (by default) and schedule.kind is "
        + "\"cosine\": nothing says when the cosine has fallen; set at least one of them"
    ),
    (
      #"{"updates": 90, "schedule": {"kind": "cosine", "length": 60}}"#,
      "schedule.length is 60, updates is 90 and schedule.floor is 0 (by default): the learning rate "
        + "would be 0 for the last 30 updates; set training.schedule.length to 90 or set training.schedule.floor "
        + "to 0.1"
    ),
    (
      #"{"schedule": {"kind": "cosine", "warmup": 70, "length": 60}}"#,
      "schedule.warmup is 70 and schedule.length is 60: the cosine would be over before the warm-up is; set "
        + "training.schedule.warmup to 6"
    ),
    (
      #"{"metrics": ["bleu", "bleu"]}"#,
      "metrics is a list: a metric stands there twice; remove one of them"
    ),
    (
      #"{"metrics": ["loss", "bleu", "perplexity"]}"#,
      "perplexity improves whenever loss does, and both are always shown; remove one of them"
    ),
    (
      #"{"stopOn": "any"}"#,
      "stopOn is \"any\" and metrics is a list (by default): with one metric there is nothing to "
        + "choose; set training.stopOn to \"first\" or name more metrics"
    ),
    (
      #"{"stopOn": "all", "patience": null, "metrics": ["bleu", "loss"]}"#,
      "stopOn is \"all\" and patience is null: training does not wait for any metric; set "
        + "training.stopOn to \"first\" or set training.patience to a number"
    ),
    (
      #"{"average": {"decay": 0.9}}"#,
      "average.decay is 0.9, but counts only if average.kind is \"ema\", and that is \"none\""
    ),
    (
      #"{"schedule": {"factor": 0.5}}"#,
      "schedule.factor is 0.5, but counts only if schedule.kind is \"plateau\" or \"step\", and that "
    ),
    (
      #"{"schedule": {"kind": "step", "factor": 1}}"#,
      "schedule.factor is 1; it must be greater than 0 and less than 1"
    ),
  ]) func `refuse what would do nothing`(_ text: String, _ message: String) throws {
    let found = try problems(text)
    #expect(found.count == 1 && found[0].contains(message), "\(found)")
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
            + "a .tsv, .csv, .jsonl, .tmx, .po, .xlf, .safetensors, .npz or .npy file, "
            + "an object with \"source\" and \"target\" or an object with \"file\" and \"format\"",
          "r.json:1:44: data.validation[0] is \"v.txt\"; it must be the name of a .tsv, .csv, .jsonl, "
            + ".tmx, .po, .xlf, .safetensors, .npz or .npy file, an object with \"source\" and \"target\" or an "
            + "object with \"file\" and \"format\"",
          "r.json:1:53: data.validation[1] is 5; it must be the name of a .tsv, .csv, .jsonl, "
            + ".tmx, .po, .xlf, .safetensors, .npz or .npy file, an object with \"source\" and \"target\" or an "
            + "object with \"file\" and \"format\"",
          "r.json:1:56: data.validation[2].target is missing; it must be the name of a file",
        ])
  }

  @Test func `names the format of a file that is not read alone`() throws {
    #expect(
      try problems(#"{"data": {"train": ["x.strings"], "validation": ["v.tsv"]}}"#) == [
        "r.json:1:21: data.train[0] is \"x.strings\"; it must be the name of a .tsv, .csv, .jsonl, .tmx, .po, .xlf, "
          + ".safetensors, .npz or .npy file, an object with \"source\" and \"target\" or an object with "
          + "\"file\" and \"format\", and not texts of an Apple program, which holds one language"
      ])
  }

  @Test func `decodes entities if it is told to`() throws {
    let text =
      #"{"train": ["a.xlf", "b.csv.gz"], "validation": ["c.xliff"], "decodeEntities": true}"#
    let data = try DataConfiguration.parse(Array(text.utf8), file: "d.json")
    #expect(data.layout.decodesEntities && !DataConfiguration().layout.decodesEntities)
    #expect(data.train == [.xliff("a.xlf"), .csv("b.csv.gz")])
    #expect(data.validation == [.xliff("c.xliff")])
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
          "r.json:1:66: data.validation[0].format is \"gz\"; it must be \"tsv\", \"csv\", \"jsonl\", \"tmx\", "
            + "\"po\", \"xliff\" or \"arrays\"",
          "r.json:1:73: data.validation[1].file is missing; it must be the name of a file, or \"-\" for standard "
            + "input",
        ])
  }

  @Test func `refuses to read standard input twice`() throws {
    #expect(
      try problems(#"{"data": {"train": ["-"], "validation": ["-"]}}"#) == [
        "r.json:1:20: data.train is a list and data.validation is a list: standard input (\"-\") can be read only "
          + "once; name a file instead"
      ])
  }

  @Test func `tells what is missing in a file that says nothing`() throws {
    #expect(
      try problems("{}").map { $0.prefix(38) } == [
        "r.json:1:1: data.train is missing; it ", "r.json:1:1: data.validation is missing",
      ])
  }

  @Test(arguments: ["../x", ".hidden", "-x", "a b", "a/b", ""])
  func `refuses a name that is not a folder`(
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
