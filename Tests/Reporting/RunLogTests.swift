import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import DragomanTraining
import Testing

@testable import DragomanReporting

extension LogEntry {
  /// One run, a thing of each kind.
  static let examples = [
    LogEntry(
      .began(
        .init(
          update: 0, parameters: 9, batchTokens: 30, threads: 2, instructions: "avx2",
          validation: .init(
            pairs: 2, words: 3, characters: 10, tokens: 5, unknown: 1, text: "0a", cut: "0b"))),
      seconds: 1),
    LogEntry(
      .updated(
        .init(
          update: 10, epoch: 0, loss: 3.5, gradientNorm: 2, learningRate: 0.1, targetTokens: 100,
          pairs: 12, tokensPerSecond: nil)), seconds: 3),
    LogEntry(
      .validated(
        .init(
          figures: .init(update: 10, epoch: 0, loss: 3, scores: [.bleu: 7]), isBest: true,
          improved: [.bleu, .loss], phases: [.preparation: 1, .updates: 2, .validation: 4],
          samples: [.init(source: "a\n", reference: "\"b\"", translation: "c")])), seconds: 7),
    LogEntry(
      .updated(
        .init(
          update: 20, epoch: 1, loss: 2.5, gradientNorm: 1, learningRate: 0.1, targetTokens: 200,
          pairs: 24, tokensPerSecond: 50)), seconds: 9),
    LogEntry(
      .validated(
        .init(
          figures: .init(update: 20, epoch: 1, loss: 2, scores: [.bleu: 5]), isBest: false,
          improved: [], phases: [.preparation: 1, .updates: 4, .validation: 5], samples: [])),
      seconds: 10),
    LogEntry(
      .ended(
        .init(
          update: 20, reason: .finished,
          phases: [.preparation: 1, .updates: 4, .validation: 5, .saving: 0.5])), seconds: 10.5),
  ]
}

@Suite struct `The log of a run` {
  private let folder: TemporaryFolder
  private let log: RunLog

  init() throws {
    folder = try TemporaryFolder()
    log = RunLog(folder["log.jsonl"])
  }

  @Test func `is read as it was written`() throws {
    try log.begin()
    for entry in LogEntry.examples { try log.append(entry) }
    #expect(try RunLog.entries(of: log.path) == LogEntry.examples)
    #expect(try RunLog.last(of: log.path) == LogEntry.examples.last)
    let text = String(decoding: try Files.read(log.path), as: UTF8.self)
    #expect(
      text.hasPrefix(
        #"{"event":"began","update":0,"parameters":9,"batchTokens":30,"threads":2,"#
          + #""instructions":"avx2","validation":{"pairs":2,"words":3,"characters":10,"tokens":5,"#
          + #""unknown":1,"text":"0a","cut":"0b"},"seconds":1}"#))
    #expect(text.contains(#""perplexity":20.08"#))
  }

  @Test(arguments: [TrainingOutcome.finished, .outOfPatience, .stopped])
  func `knows every end`(_ reason: TrainingOutcome) throws {
    try log.append(LogEntry(.ended(.init(update: 1, reason: reason, phases: [:])), seconds: 2))
    guard case .ended(let ending) = try RunLog.last(of: log.path)?.event else {
      Issue.record("no end")
      return
    }
    #expect(ending.reason == reason)
  }

  @Test func `is read on where it ended, line by line`() throws {
    var log = log
    #expect(throws: FileError.self) { try log.readOn() }
    var entries: [LogEntry] = []
    for entry in LogEntry.examples {
      // Half a line waits for its other half.
      let line = entry.json.serialized()
      try Files.append(String(line.prefix(9)), to: log.path)
      #expect(try log.readOn().isEmpty)
      #expect(try RunLog.last(of: log.path) == nil)
      try Files.append(line.dropFirst(9) + "\n", to: log.path)
      entries += try log.readOn()
    }
    #expect(entries == LogEntry.examples)
    #expect(try RunLog.last(of: try folder.write("empty.jsonl", "")) == nil)
  }

  @Test func `is cut back to the update that is resumed`() throws {
    for entry in LogEntry.examples { try log.append(entry) }
    let text = String(decoding: try Files.read(log.path), as: UTF8.self)
    try Files.append(#"{"event":"upda"#, to: log.path)
    try log.cut(after: 20)
    #expect(try RunLog.entries(of: log.path) == Array(LogEntry.examples.dropLast()))
    try log.cut(after: 10)
    #expect(try RunLog.entries(of: log.path) == Array(LogEntry.examples.prefix(3)))
    // Entries that stay keep their bytes.
    let kept = String(decoding: try Files.read(log.path), as: UTF8.self)
    #expect(text.hasPrefix(kept))
  }

  private static let good =
    #"{"event":"ended","update":1,"reason":"stopped","phases":{},"seconds":2}"#

  @Test(arguments: [
    ("[]", ":2: expected \"event\" to be a string, found an empty array."),
    ("3", ":2: expected \"event\" to be a string, found 3."),
    (
      #"{"event":"x","update":2}"#,
      ":2: expected \"event\" to be began, updated, validated or ended, found \"x\"."
    ),
    (
      #"{"event":"updated","update":1.5}"#,
      ":2: expected \"update\" to be a whole number, found 1.5."
    ),
    (
      #"{"event":"updated","update":1}"#, ":2: expected \"epoch\" to be a whole number, found none."
    ),
    (
      #"{"event":"validated","update":1}"#,
      ":2: expected update, epoch and loss of a validation, found others."
    ),
    (
      #"{"event":"validated","update":1,"epoch":0,"loss":2,"best":1}"#,
      ":2: expected \"best\" to be true or false, found 1."
    ),
    (
      #"{"event":"validated","update":1,"epoch":0,"loss":2,"best":true,"improved":["meteor"]}"#,
      ":2: expected \"improved\" to be an array, each element a metric, found an array."
    ),
    (
      #"{"event":"ended","update":1,"reason":"tired"}"#,
      ":2: expected \"reason\" to be finished, outOfPatience or stopped, found \"tired\"."
    ),
    (
      #"{"event":"ended","update":1,"reason":"stopped","phases":4}"#,
      ":2: expected \"phases\" to be an object, found 4."
    ),
    (
      #"{"event":"ended","update":1,"reason":"stopped","phases":{"saving":"x"}}"#,
      ":2: expected \"saving\" to be a number, found \"x\"."
    ),
    (#"{"event":"upda"#, ":2:15: expected"),
  ])
  func `says which line is not an entry`(_ line: String, _ message: String) throws {
    let path = try folder.write(
      "bad.jsonl", "\(Self.good)\n\(line)\n\(Self.good)\n")
    let error = try #require(throws: RunLogError.self) { try RunLog.entries(of: path) }
    let text = error.description
    #expect(text.hasPrefix(path + message), "\(text)")
    #expect(text.hasSuffix(" The log was changed or damaged; take this line out."))
    // What is wrong is told again, and of a last line too.
    var log = RunLog(path)
    for _ in 0..<2 { #expect(throws: error) { try log.readOn() } }
    try folder.write("bad.jsonl", "\(Self.good)\n\(line)\n")
    #expect(throws: error) { try RunLog.last(of: path) }
  }
}
