import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanCommand

@Suite struct `Encoding a corpus` {
  private let scratch: TemporaryFolder
  private var folder: URL { URL(filePath: scratch.path) }

  /// Words that are ever rarer, so that their numbers are known: a 3, b 4 and x 3, y 4.
  init() throws {
    scratch = try TemporaryFolder()
    try write("a a a b\tx x y\nb a\ty x x x\na a a a a a\tx\n", "train.tsv")
    try write("b c\ty\n", "validation.tsv")
    try write(
      """
      {
        "data": {
          "train": ["\(folder.path)/train.tsv"], "validation": ["\(folder.path)/validation.tsv"],
          "maximumLength": 5
        },
        "tokenizer": { "kind": "word" }
      }
      """, "run.json")
  }

  private func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  private func encode(_ more: String...) -> (code: ExitCode, results: String, notes: String) {
    let recorder = Recorder()
    let code = recorder.run(
      ["encode", "--config", folder.appending(path: "run.json").path] + more)
    return (code, recorder.results, recorder.notes)
  }

  /// `benchmark` and `encode` are for translation; other tasks have no pairs of texts.
  @Test func `is refused with what to do where nothing is translated`() throws {
    try write(
      """
      {"task": "captioning", "data": {"train": ["t.tsv"], "validation": ["t.tsv"]},
       "model": {"encoder": {"kind": "features"}}}
      """, "captions.json")
    let path = folder.appending(path: "captions.json").path
    for (command, remedy) in [
      ("encode", "only pairs of texts are encoded; 'dragoman check' shows what others hold"),
      (
        "benchmark",
        "--vision times a vision transformer and --convolutions convolutions, without a configuration"
      ),
    ] {
      let recorder = Recorder()
      #expect(recorder.run(command, "--config", path) == .failure)
      #expect(
        recorder.notes
          == "\(path): expected task \"translation\", found \"captioning\"; \(remedy)\n")
    }
  }

  @Test func `prints the training pairs that are not too long, ends included`() {
    let result = encode()
    #expect(result.code == .success && result.notes.isEmpty)
    #expect(
      result.results == """
        {"source":[3,3,3,4,2],"target":[3,3,4,2]}
        {"source":[4,3,2],"target":[4,3,3,3,2]}

        """)
  }

  @Test func `prints tokens beside their numbers`() {
    #expect(
      encode("--tokens").results.split(separator: "\n").last == """
        {"source":[4,3,2],"target":[4,3,3,3,2],\
        "sourceTokens":["b","a","</s>"],"targetTokens":["y","x","x","x","</s>"]}
        """)
  }

  @Test func `prints validation pairs in the vocabulary of the training pairs`() {
    #expect(
      encode("--validation", "--tokens").results == """
        {"source":[4,0,2],"target":[4,2],"sourceTokens":["b","<unk>","</s>"],"targetTokens":["y","</s>"]}

        """)
  }

  @Test func `heeds overrides`() {
    #expect(encode("--set", "data.maximumLength=6").results.split(separator: "\n").count == 3)
    let characters = encode("--set", "tokenizer.kind=character", "--set=data.maximumLength=20")
    #expect(characters.results.hasPrefix(#"{"source":[3,4,3,4"#))
  }

  @Test func `prints a large corpus whole and in order`() throws {
    let lines = (0..<2300).map { String(repeating: "a ", count: 1 + $0 % 4) + "\tx\n" }
    try write(lines.joined(), "train.tsv")
    let result = encode().results.split(separator: "\n")
    #expect(result.count == 2300)
    for (index, line) in result.enumerated() {
      let source = Array(repeating: "3", count: 1 + index % 4) + ["2"]
      #expect(line == "{\"source\":[\(source.joined(separator: ","))],\"target\":[3,2]}")
    }
  }

  @Test func `refuses a corpus without a usable pair`() {
    let result = encode("--set", "data.maximumLength=1")
    #expect(result.code == .failure && result.results.isEmpty)
    #expect(result.notes.contains("train"))
  }
}
