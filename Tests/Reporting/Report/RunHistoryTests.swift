import DragomanSystem
import DragomanFormats
import DragomanTestSupport
import DragomanTraining
import Testing

@testable import DragomanReporting

@Suite struct `The history of a run` {
  private static let lines = [
    #"{"event":"began","update":0,"parameters":9,"threads":2,"instructions":"avx2","seconds":1}"#,
    #"{"event":"updated","update":10,"epoch":0,"loss":3.5,"gradientNorm":2,"learningRate":0.1,"targetTokens":100,"seconds":3}"#,
    #"{"event":"validated","update":10,"epoch":0,"loss":3,"bleu":7,"best":true,"phases":{"preparation":1,"updates":2,"validation":4},"samples":[{"source":"a","reference":"b","translation":"c"}],"seconds":7}"#,
    #"{"event":"updated","update":20,"epoch":1,"loss":2.5,"gradientNorm":1,"learningRate":0.1,"targetTokens":200,"tokensPerSecond":50,"seconds":9}"#,
    #"{"event":"validated","update":20,"epoch":1,"loss":2,"bleu":5,"best":false,"seconds":10}"#,
    #"{"event":"ended","update":20,"reason":"finished","phases":{"preparation":1,"updates":4,"validation":5,"saving":0.5},"seconds":10.5}"#,
  ]

  @Test func `is what the log tells`() throws {
    let folder = try TemporaryFolder()
    let text = Self.lines.joined(separator: "\n") + "\n{\"event\":\"upda"
    let history = try RunHistory(readingLog: try folder.write("log.jsonl", text))
    #expect(history.updates.map(\.loss) == [3.5, 2.5])
    #expect(history.updates.map(\.tokensPerSecond) == [nil, 50])
    #expect(history.validations.map(\.figures.update) == [10, 20])
    #expect(history.best?.figures.scores == [.bleu: 7])
    #expect(history.validations[0].samples.map(\.translation) == ["c"])
    #expect(history.metrics == [.loss, .perplexity, .bleu])
    #expect(history.lastUpdate == 20 && history.targetTokens == 200)
    #expect(history.parts.map(\.reason) == ["finished"] && history.parts[0].threads == 2)
    #expect(history.seconds(.updates) == 4 && history.seconds(.saving) == 0.5)
    #expect(history.seconds == 10.5)
    #expect(RunFigures.speed(history) == "50")
  }

  @Test func `reads on where it ended, line by line`() throws {
    let folder = try TemporaryFolder()
    var history = RunHistory()
    let path = folder["log.jsonl"]
    #expect(throws: FileError.self) { try history.readOn(path) }
    for line in Self.lines {
      // Half a line waits for its other half.
      try Files.append(String(line.prefix(9)), to: path)
      try history.readOn(path)
      try Files.append(line.dropFirst(9) + "\n", to: path)
      try history.readOn(path)
    }
    #expect(history.updates.count == 2 && history.validations.count == 2)
  }

  @Test func `adds up the times of parts, also of one that was killed`() throws {
    var history = RunHistory()
    let killed = Self.lines.prefix(4)
    for line in killed + Self.lines {
      history.add(try JSON.parse(Array(line.utf8), file: "log"))
    }
    // Of the first part 1 + (9 - 1 - 4) + 4 seconds are known.
    #expect(history.parts.map { $0.phases.values.reduce(0, +) } == [9, 10.5])
    #expect(history.parts[0].phases == [.preparation: 1, .updates: 4, .validation: 4])
  }

  @Test func `passes over lines of other kinds`() throws {
    var history = RunHistory()
    for line in [
      "[]", "3", #"{"event":"updated"}"#, #"{"event":"updated","update":1}"#,
      #"{"event":"x","update":2}"#,
    ] {
      history.add(try JSON.parse(Array(line.utf8), file: "log"))
    }
    #expect(history.updates.isEmpty && history.lastUpdate == 2)
  }
}

@Suite struct `Changes of a text` {
  @Test func `are found word by word`() {
    #expect(
      TextChanges.between("the cat sat down", "a cat sat up there")
        == [.removed("the"), .added("a"), .kept("cat sat"), .removed("down"), .added("up there")])
    #expect(TextChanges.between("a b", "a b") == [.kept("a b")])
    #expect(TextChanges.between("", "a b") == [.added("a b")])
    #expect(TextChanges.between("a b", "") == [.removed("a b")])
    #expect(TextChanges.between("", "").isEmpty)
  }

  @Test func `are found by characters where there are no spaces`() {
    #expect(
      TextChanges.between("私は犬", "私は猫")
        == [.kept("私は"), .removed("犬"), .added("猫")])
  }

  @Test func `are marked, and inert`() {
    #expect(
      TextChanges.html("a <b>", "a <i>").markup
        == "a <del dir=\"auto\">&lt;b&gt;</del> <ins>&lt;i&gt;</ins>")
  }

  @Test func `of endless texts are not looked for`() {
    let long = [String](repeating: "a", count: 600).joined(separator: " ")
    #expect(TextChanges.between(long, "a") == [.removed(long), .added("a")])
  }
}
