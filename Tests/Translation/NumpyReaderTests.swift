import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanTranslation

/// The reader that docs/checkpoints.md leads to, docs/reader, against this one.
@Suite(.enabled(if: Python.runs("import numpy"), "python3 with numpy is not there"))
struct `A reader written from the documentation` {
  private let folder: TemporaryFolder
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  init() throws { folder = try TemporaryFolder() }

  /// Compares the translations of lines: the text, and log p in double precision.
  private func expectSame(_ path: String, _ lines: [String]) throws {
    var translator = try Translator(path: path, threads: 1)
    translator.decoding.beam = 1
    translator.decoding.replaceUnknown = false
    let script = Self.root.appending(path: "docs/reader/translate.py").path
    let (code, output) = try Python.run([script, path], lines.map { $0 + "\n" }.joined())
    #expect(code == 0, "\(path)")
    let found = output.split(separator: "\n").map {
      $0.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
    }
    try #require(found.count == lines.count, "\(path)")
    for (line, (own, other)) in zip(lines, zip(translator.translate(lines), found)) {
      #expect(other.last.map(String.init) == own.text, "\(path): \(line)")
      let difference = abs((other.first.flatMap { Double($0) } ?? .nan) - own.logProbability)
      #expect(difference < 1e-5, "\(path): \(line)")
    }
  }

  private static let demo = root.appending(path: "Tests/Fixtures/demo/demo.safetensors").path
  private static let phrases = [
    "How do I get to the station?", "My daughter has never been to Hanoi.", "good morning",
    "This knife isn't light.", "Where's the doctor's house, (please)?", "zxcvb", "",
  ]

  @Test func `translates as this one does`() throws {
    try expectSame(Self.demo, Self.phrases)
  }

  /// Every cell, scorer, first state, connection and tokenizer.
  @Test func `reads the models of version 0.1`() throws {
    let models = Self.root.appending(path: "Tests/Fixtures/0.1")
    let names = try FileManager.default.contentsOfDirectory(atPath: models.path)
      .filter { $0.hasSuffix(".safetensors") }.sorted()
    #expect(names.count > 20)
    for name in names {
      try expectSame(
        models.appending(path: name).path, ["The small cat sees the dog.", "a b c", "I want it!"])
    }
  }

  @Test(arguments: ["f16", "bf16", "int8"])
  func `reads weights in fewer bits`(_ precision: String) throws {
    let small = folder["small.safetensors"]
    _ = try ModelExport(path: Self.demo, precision: #require(.init(rawValue: precision)))
      .write(to: small)
    try expectSame(small, Self.phrases)
  }
}
