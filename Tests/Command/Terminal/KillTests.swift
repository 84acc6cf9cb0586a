import Foundation
import Testing

@testable import DragomanCommand

/// What is left of a run whose process is killed: enough to end with the same bytes.
@Suite struct `A killed run` {
  private func start(_ folder: URL, _ name: String, _ more: [String]) throws -> Process {
    let process = Process()
    process.executableURL = `The executable`.program
    process.currentDirectoryURL = folder
    process.arguments =
      ["train", "--config", "run.json", "--runs", name] + more
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// A folder with a small task of its own.
  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "dragoman-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let lines = (0..<400).map { line in
      let letters = (0..<(3 + line % 5)).map {
        "abcdefgh".map(String.init)[(line * 7 + $0 * 3) % 8]
      }
      return letters.joined(separator: " ") + "\t" + letters.reversed().joined(separator: " ")
    }
    try Data(lines.dropLast(40).joined(separator: "\n").utf8).write(
      to: folder.appending(path: "train.tsv"))
    try Data(lines.suffix(40).joined(separator: "\n").utf8).write(
      to: folder.appending(path: "validation.tsv"))
    let configuration = """
      {
        "data": { "train": ["train.tsv"], "validation": ["validation.tsv"] },
        "tokenizer": { "kind": "word" },
        "model": {
          "embedding": 24, "encoder": { "hidden": 24 }, "decoder": { "hidden": 40 },
          "attention": { "size": 24 }, "dropout": 0.2
        },
        "training": { "epochs": 12, "batchTokens": 40, "saveEvery": 7, "patience": null }
      }
      """
    try Data(configuration.utf8).write(to: folder.appending(path: "run.json"))
    return folder
  }

  @Test func `ends with the bytes of one that was left alone`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = try start(folder, "whole", ["--threads", "1"])
    whole.waitUntilExit()
    #expect(whole.terminationStatus == 0)

    let last = folder.appending(path: "killed/run/last.safetensors")
    var kills = 0
    for attempt in 0..<6 {
      let isBegun = FileManager.default.fileExists(atPath: last.path)
      let process = try start(
        folder, "killed",
        ["--threads", "\(1 + attempt % 2)"] + (isBegun ? ["--resume"] : ["--restart"]))
      // Some are killed while they read, some between two checkpoints, some while they write one.
      Thread.sleep(forTimeInterval: 0.08 + 0.05 * Double(attempt))
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        kills += 1
      }
      process.waitUntilExit()
    }
    #expect(kills > 0)
    let isBegun = FileManager.default.fileExists(atPath: last.path)
    let resumed = try start(folder, "killed", isBegun ? ["--resume"] : ["--restart"])
    resumed.waitUntilExit()
    #expect(resumed.terminationStatus == 0)
    for file in ["best.safetensors", "last.safetensors"] {
      let one = try Data(contentsOf: folder.appending(path: "whole/run/\(file)"))
      let other = try Data(contentsOf: folder.appending(path: "killed/run/\(file)"))
      #expect(one == other, "\(file)")
    }
    let left = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "killed/run").path)
    #expect(left.allSatisfy { !$0.contains(".tmp-") }, "\(left)")
  }

  @Test(arguments: [(SIGTERM, 143), (SIGINT, 130), (SIGHUP, 129)] as [(Int32, Int32)])
  func `saves when it is asked to stop, and says by its code that it was`(
    _ number: Int32, _ code: Int32
  ) throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = try start(folder, "stopped", ["--set", "training.epochs=400"])
    let last = folder.appending(path: "stopped/run/last.safetensors")
    for _ in 0..<400 where !FileManager.default.fileExists(atPath: last.path) {
      Thread.sleep(forTimeInterval: 0.02)
    }
    kill(process.processIdentifier, number)
    process.waitUntilExit()
    #expect(process.terminationStatus == code)
    #expect(process.terminationReason == .exit)
    let log = try String(
      contentsOf: folder.appending(path: "stopped/run/log.jsonl"), encoding: .utf8)
    #expect(log.contains(#""reason":"stopped""#))
  }
}
