import DragomanSystem
import DragomanFormats
import DragomanTraining
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `Durations` {
  @Test func `are short and readable`() {
    #expect(Duration.text(seconds: 0) == "0 s")
    #expect(Duration.text(seconds: 59.4) == "59 s")
    #expect(Duration.text(seconds: 60) == "1:00")
    #expect(Duration.text(seconds: 3599) == "59:59")
    #expect(Duration.text(seconds: 3600) == "1:00:00")
    #expect(Duration.text(seconds: 90061) == "25:01:01")
    #expect(Duration.text(seconds: -3) == "0 s")
  }
}

@Suite struct `The training log` {
  let path = "/tmp/dragoman-log-\(UInt64.random(in: 0...UInt64.max)).jsonl"

  @Test func `is cut back to the update that is resumed`() throws {
    defer { try? Files.remove(path) }
    try AtomicFile.write(
      Array(
        """
        {"event":"began","update":0}
        {"event":"updated","update":10,"loss":3}
        {"event":"validated","update":20,"loss":2}
        {"event":"updated","update":30,"loss":1}
        {"event":"ended","update":20,"reason":"stopped"}
        {"event":"upda
        """.utf8), to: path)
    try TrainingLog.truncate(path, after: 20)
    #expect(
      String(decoding: try Files.read(path), as: UTF8.self) == """
        {"event":"began","update":0}
        {"event":"updated","update":10,"loss":3}
        {"event":"validated","update":20,"loss":2}

        """)
  }
}
