import DragomanDecoding
import DragomanTensor
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanTranslation

/// Threads of translations, which have the name "dragoman".
///
/// Each test is a process of its own, since other tests have such threads, too.
@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: "/proc/self/task"), "the system lists no threads"))
struct `Threads of translations` {
  /// How many this process has.
  private static func count() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count { thread in
      let name = try? String(contentsOfFile: "/proc/self/task/\(thread)/comm", encoding: .utf8)
      return name == "dragoman\n"
    }
  }

  /// Threads once there are as many as expected, or after ten seconds: one that was joined may be listed for a moment.
  private static func settled(_ expected: Int) async throws -> Int {
    for _ in 0..<1000 where try count() != expected {
      try await Task.sleep(for: .milliseconds(10))
    }
    return try count()
  }

  @Test func `are gone with a translator whose translations were cancelled`() async {
    await #expect(processExitsWith: .success) {
      do {
        let translator = `A translator in asynchronous code`.endless(threads: 3)
        let tasks = (0..<8).map { _ in Task { try await translator.translate("the cat sat") } }
        try await Task.sleep(for: .milliseconds(50))
        let found = try await Self.settled(2)
        #expect(found == 2)
        for task in tasks { task.cancel() }
        for task in tasks {
          await #expect(throws: CancellationError.self) { try await task.value }
        }
      }
      let left = try await Self.settled(0)
      #expect(left == 0)
    }
  }

  @Test func `are gone with a stream that was not read to its end`() async {
    await #expect(processExitsWith: .success) {
      do {
        let translator = `A translator in asynchronous code`.endless(threads: 3)
        var pieces = 0
        for try await _ in translator.stream("the cat") {
          pieces += 1
          if pieces == 5 { break }
        }
        let found = try await Self.settled(2)
        #expect(found == 2)
      }
      let left = try await Self.settled(0)
      #expect(left == 0)
    }
  }
}
