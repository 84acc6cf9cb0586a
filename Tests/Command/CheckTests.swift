import DragomanFormats
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanCommand

@Suite struct `Checking data` {
  private let scratch: TemporaryFolder
  private var folder: URL { URL(filePath: scratch.path) }

  init() throws {
    scratch = try TemporaryFolder()
    try write("train.tsv", "a b\tc d\n\n" + (0..<9).map { "a \($0)\tc \($0)\n" }.joined())
    try write("validation.tsv", "a 1\tc 1\na z\tc d\n")
    try write(
      "run.json",
      """
      {"data": {"train": ["\(folder.path)/train.tsv"], "validation": ["\(folder.path)/validation.tsv"]},
       "model": {"embedding": 4, "encoder": {"hidden": 4}, "decoder": {"hidden": 4}, "attention": {"size": 4}},
       "training": {"updates": 1, "epochs": null}}
      """)
  }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  private var configuration: String { folder.appending(path: "run.json").path }

  private func plain(_ text: String) -> String {
    text.replacingOccurrences(of: folder.path + "/", with: "")
  }

  private let problems = """
    train: 1 of 11 lines have an empty side: skipped (train.tsv:2)
    validation: 1 of 2 pairs are training pairs, too: figures will be too good (validation.tsv:1)
    validation: 1 of 8 words never occur in training (12.5 %) (validation.tsv:2)

    """

  @Test func `prints what there is and what is wrong`() {
    let recorder = Recorder()
    #expect(recorder.run("check", configuration) == .success)
    #expect(
      plain(recorder.results) == """
        train: 10 pairs in train.tsv
          source: 2.0 words and 3.0 characters a line, at most 2 and 3
          target: 2.0 words and 3.0 characters a line, at most 2 and 3
        validation: 2 pairs in validation.tsv
          source: 2.0 words and 3.0 characters a line, at most 2 and 3
          target: 2.0 words and 3.0 characters a line, at most 2 and 3

        """ + problems)
    #expect(recorder.notes.isEmpty)
  }

  @Test func `prints JSON`() throws {
    let recorder = Recorder()
    #expect(recorder.run("check", configuration, "--json") == .success)
    let json = try JSONSerialization.jsonObject(with: Data(recorder.results.utf8))
    let found = try #require(((json as? [String: Any])?["problems"] as? [[String: Any]])?.first)
    #expect(found["kind"] as? String == "empty" && found["isSkipped"] as? Bool == true)
    #expect(found["count"] as? Int == 1 && found["total"] as? Int == 11)
  }

  @Test func `finds nothing in good data`() throws {
    try write("train.tsv", "a 1 z\tc 1 d\n")
    try write("validation.tsv", "a 1\tc 1\n")
    let recorder = Recorder()
    #expect(recorder.run("check", configuration) == .success)
    #expect(recorder.results.hasSuffix("\nno problems found\n"))
  }

  @Test func `fails where a part has no pair`() throws {
    try write("validation.tsv", "\t\n")
    let recorder = Recorder()
    #expect(recorder.run("check", configuration) == .failure)
    #expect(
      recorder.notes.hasPrefix("data.validation: no sentence pair can be used: 1 read, 1 skipped"))
  }

  @Test func `is the beginning of training, too`() {
    let recorder = Recorder()
    #expect(recorder.run("train", "--config", configuration, "--runs", folder.path) == .success)
    #expect(plain(recorder.notes).contains(problems))
  }

  @Test func `reads standard input`() throws {
    let process = Process()
    process.executableURL = `The executable`.program
    process.arguments = ["check", configuration, "--set", "data.train=[\"-\"]"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data("a 1 z\tc 1 d\n\t\n".utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(text.hasPrefix("train: 1 pair in standard input\n"))
    #expect(text.contains("train: 1 of 2 lines have an empty side: skipped (standard input:2)\n"))
  }
}
