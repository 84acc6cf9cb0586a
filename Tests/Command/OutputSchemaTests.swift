import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanCommand

/// What commands print for programs, held against the schemas that describe it.
@Suite struct `Output for programs` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs a command and holds each line of its output against the schema of a command.
  @discardableResult
  private func expect(
    _ name: String, _ words: [String], lines count: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [JSON] {
    let recorder = Recorder()
    let code = recorder.run(words)
    #expect(code == .success, "\(words) \(recorder.notes)", sourceLocation: sourceLocation)
    let lines = recorder.results.split(separator: "\n")
    #expect(!lines.isEmpty, sourceLocation: sourceLocation)
    if let count { #expect(lines.count == count, sourceLocation: sourceLocation) }
    return try lines.map { line in
      let value = try JSON.parse(Array(line.utf8), file: "output")
      expect(value, fits: name, sourceLocation)
      // The last bits of binary arithmetic are not information.
      let long = numbers(in: value).filter { digits($0) > 15 }
      #expect(long == [], "\(words)", sourceLocation: sourceLocation)
      return value
    }
  }

  /// All numbers, as they are written.
  private func numbers(in value: JSON) -> [String] {
    switch value.kind {
    case .number(let text): [text]
    case .array(let elements): elements.flatMap(numbers)
    case .object(let members): members.flatMap { numbers(in: $0.value) }
    case .null, .bool, .string: []
    }
  }

  /// How many digits a number has from the first that is not 0.
  private func digits(_ text: String) -> Int {
    text.lowercased().prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }.count
  }

  private func expect(_ value: JSON, fits name: String, _ sourceLocation: SourceLocation) {
    guard let output = OutputDefinition.all.first(where: { $0.name == name }) else {
      Issue.record("there is no schema of '\(name)'", sourceLocation: sourceLocation)
      return
    }
    let problems = SchemaValidator.problems(value, output.schema)
    #expect(problems == [], "\(name)", sourceLocation: sourceLocation)
  }

  @Test func `is described for every command that has it`() {
    let described = Set(OutputDefinition.all.map(\.name))
    let own = Program.commands.filter { $0.options.contains(SharedOptions.json) }.map(\.name)
    #expect(described == Set(own + ["train", "encode", "error"]))
    #expect(
      Program.commands.filter { $0.options.contains { $0.name == "json" } }.map(\.name)
        .allSatisfy(described.contains))
  }

  @Test(arguments: OutputDefinition.all.map(\.name)) func `is described in docs`(
    _ name: String
  ) throws {
    let recorder = Recorder()
    #expect(recorder.run("schema", "--command", name) == .success)
    let file = testsFolder.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "docs/schemas/\(name).json")
    let found = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    if found != recorder.results, ProcessInfo.processInfo.environment["DRAGOMAN_RECORD"] != nil {
      try recorder.results.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(found == recorder.results, "make schema writes it")
  }

  @Test func `of schema is of what there is`() {
    let unknown = Recorder()
    #expect(unknown.run("schema", "--command", "help") == .usage)
    #expect(unknown.notes.contains("'--command' is 'help'; it must be one of check, train, "))
    #expect(Recorder().run("schema", "--command", "train", "--markdown") == .usage)
  }

  @Test func `of models fits`() throws {
    let path = folder["model.safetensors"]
    try SmallModel.file().write(to: path)
    let lines = try folder.write("lines", "the cat\na b\n")
    let words = ["--model", path, "--json"]
    let short = words + ["--maximum-length", "4"]
    try expect("translate", ["translate", "the cat", "a"] + short, lines: 2)
    try expect("translate", ["translate", "--n-best", "3", "--attention", "a"] + short, lines: 3)
    try expect(
      "translate",
      ["translate", "--alignment", "json", "a b", "--model", path, "--maximum-length=4"])
    try expect("score", ["score", "the cat", "a b"] + words, lines: 1)
    try expect(
      "explain", ["explain", "the cat", "--gradients", "--target", "a b"] + words, lines: 1)
    try expect("inspect", ["inspect", "--json", path], lines: 1)
    try expect(
      "inspect",
      [
        "inspect", "--json", path, "--search", "a", "--frequencies", lines, "--neighbours", "cat",
        "--tensor", "encoder.0.forward.inputWeight", "--against", path, "--activations", lines,
      ].map { $0 == "encoder.0.forward.inputWeight" ? try tensor(of: path) : $0 }, lines: 6)
    try expect(
      "evaluate", ["evaluate", "--source", lines, "--reference", lines] + short, lines: 5)
  }

  private func tensor(of path: String) throws -> String {
    try #require(SafetensorsReader(path: path).tensors.first?.name)
  }

  @Test func `of Transformers fits`() throws {
    let path = folder["transformer.safetensors"]
    for side in SmallModel.Headed.allCases {
      for isRecurrent in [false, true] {
        try SmallModel.transformer(side, selfAttention: isRecurrent ? .ssru : .attention)
          .write(to: path)
        try expect(
          "explain",
          ["explain", "the cat", "--json", "--model", path, "--gradients", "--target", "a b"],
          lines: 1)
      }
    }
    let lines = try folder.write("lines", "the cat\ta b\n")
    try expect("inspect", ["inspect", "--json", path, "--activations", lines], lines: 1)
  }

  @Test(arguments: RowEncoder.allCases)
  func `of models of features fits`(_ encoder: RowEncoder) throws {
    let path = folder["features.safetensors"]
    let rows = try folder.write(
      "rows.npy",
      ArrayBytes.npy("<f4", [2, 3], ArrayBytes.floats([1, 0, 2, 0.5, -1, 3])))
    let words = ["explain", rows, "--json", "--gradients", "--model", path]
    try SmallCaptioner.file(
      SmallCaptioner.features(encoder.configuration(embedding: 7))
    ).write(to: path)
    try expect("explain", words + ["--target", "a red circle"], lines: 1)
    try SmallClassifier.file(
      SmallClassifier.features(encoder.configuration(embedding: 10))
    ).write(to: path)
    try expect("explain", words + ["--target", "above"], lines: 1)
  }

  @Test func `of figures has numbers`() throws {
    let hypotheses = try folder.write("out", "the cat sat on the mat\nb\n")
    let references = try folder.write("ref", "the cat sat on a mat\nb\n")
    let baseline = try folder.write("old", "the dog\nb\n")
    let found = try expect(
      "evaluate",
      [
        "evaluate", "--hypothesis", hypotheses, "--reference", references, "--baseline", baseline,
        "--metrics", "bleu,chrf,chrf++,ter,exact,wer,cer", "--json",
      ], lines: 7)
    #expect(
      found.map { $0["metric"]?.string } == [
        "bleu", "chrf", "chrf++", "ter", "exact", "wer", "cer",
      ])
    let details = try #require(found[0]["details"])
    #expect(details["precisions"]?.array?.count == 4 && details["brevityPenalty"]?.double == 1)
    #expect(details["precisions"]?.array?[0].double == 85.7142857143)
    #expect(found[4]["details"]?.serialized() == #"{"equal":1,"segments":2}"#)
  }

  @Test func `of runs fits`() throws {
    let pairs = (0..<40).map { "a \($0 % 7) b\tb \($0 % 7) a\n" }.joined()
    let data = try folder.write("pairs.tsv", pairs)
    let path = try folder.write(
      "tiny.json",
      """
      {"data": {"train": ["\(data)"], "validation": ["\(data)"], "test": ["\(data)"]},
       "tokenizer": {"kind": "word"},
       "model": {"embedding": 4, "encoder": {"hidden": 4}, "decoder": {"hidden": 4}, "attention": {"size": 4}},
       "decoding": {"maximumLength": 4},
       "training": {"epochs": 2, "batchTokens": 40, "metrics": ["bleu", "loss"]}}
      """)
    let runs = ["--runs", folder["runs"]]
    let train = try expect("train", ["train", path, "--quiet", "--json"] + runs, lines: 1)
    #expect(train[0]["outcome"]?.string == "finished")
    let list = try expect("runs", ["runs", "--json"] + runs, lines: 1)
    #expect(list[0]["changed"]?.string?.hasSuffix("Z") == true)
    try expect("compare", ["compare", "--json", folder["runs/tiny"]], lines: 1)
    try expect("check", ["check", path, "--json"], lines: 1)
    try expect("encode", ["encode", path, "--tokens"], lines: 40)
    try expect("inspect", ["inspect", folder["runs/tiny"], "--json"], lines: 1)
    try expect(
      "benchmark", ["benchmark", path, "--json", "--steps", "1", "--sentences", "2", "--length=3"],
      lines: 1)
  }

  @Test func `of classifiers fits`() throws {
    let lines = (0..<40).map { $0 % 2 == 0 ? "a b \($0)\tone\n" : "c d \($0)\ttwo\n" }.joined()
    let data = try folder.write("classes.tsv", lines)
    let path = try folder.write(
      "classes.json",
      """
      {"task": "classification", "data": {"train": ["\(data)"], "validation": ["\(data)"], "test": ["\(data)"]},
       "tokenizer": {"kind": "word"},
       "classifier": {"embedding": 4, "encoder": {"hidden": 4}, "pooling": "attention"},
       "training": {"epochs": 1, "batchTokens": 40}}
      """)
    let runs = ["--runs", folder["runs"]]
    try expect("train", ["train", path, "--quiet", "--json"] + runs, lines: 1)
    let model = folder["runs/classes"]
    try expect("classify", ["classify", "--json", "--top=2", model, "a b", "c"], lines: 2)
    try expect("evaluate", ["evaluate", "--json", model], lines: 1)
    try expect("check", ["check", "--json", path], lines: 1)
    try expect("runs", ["runs", "--json"] + runs, lines: 1)
    try expect("inspect", ["inspect", "--json", model], lines: 1)
  }

  @Test func `of a doctor fits`() throws {
    try expect("doctor", ["doctor", "--json", "--threads", "1"], lines: 1)
  }

  /// The error that a command ends with under `--json`, which is alone on its line of standard error.
  private func error(
    _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> JSON {
    let recorder = Recorder()
    let code = recorder.run(words)
    #expect(code != .success && recorder.results.isEmpty, sourceLocation: sourceLocation)
    let line = try #require(recorder.notes.split(separator: "\n").last)
    let value = try JSON.parse(Array(line.utf8), file: "error")
    expect(value, fits: "error", sourceLocation)
    let error = try #require(value["error"])
    #expect(error["exitCode"]?.int == Int(code.rawValue), sourceLocation: sourceLocation)
    return error
  }

  @Test func `of errors has their parts`() throws {
    let usage = try error("translate", "--json", "--baem", "3", "a")
    #expect(usage["hint"]?.string == "Did you mean '--beam'?" && usage["found"]?.string == "--baem")
    let number = try error("translate", "--json", "--beam", "x", "a")
    #expect(number["found"]?.string == "x")
    #expect(number["expected"]?.string?.hasPrefix("a whole number of at least 1") == true)
    let missing = try error("check", "--json", folder["none.json"])
    #expect(missing["file"]?.string == folder["none.json"] && missing["exitCode"]?.int == 1)
    let broken = try folder.write("broken.json", "{\n  \"data\": ]\n}")
    let syntax = try error("check", "--json", broken)
    #expect(syntax["line"]?.int == 2 && syntax["column"]?.int == 11)
    #expect(syntax["expected"]?.string == "a value" && syntax["file"]?.string == broken)
    let wrong = try folder.write("wrong.json", #"{"nmae": "a", "data": {"train": 3}}"#)
    let several = try error("check", "--json", wrong)
    #expect(several["line"]?.int == 1 && several["hint"]?.string == "Did you mean \"name\"?")
    #expect(several["problems"]?.array?.count == 3)
    let data = try folder.write("data.tsv", "a\tb\nc\n")
    let columns = try folder.write(
      "columns.json", #"{"data": {"train": ["\#(data)"], "validation": ["\#(data)"]}}"#)
    let column = try error("check", "--json", columns)
    #expect(column["file"]?.string == data && column["line"]?.int == 2)
    #expect(column["expected"]?.string == "column 2")
    let model = try error("inspect", "--json", data)
    #expect(model["message"]?.string?.contains("data.tsv") == true)
    let command = try error("trasnlate", "--json")
    #expect(command["hint"]?.string == "Did you mean 'translate'?")
  }

  @Test func `is plain text for those who did not ask for it`() {
    let recorder = Recorder()
    #expect(recorder.run("translate", "--beam", "x", "--", "--json") == .usage)
    #expect(recorder.notes.hasPrefix("dragoman: '--beam' is 'x'"))
  }
}
