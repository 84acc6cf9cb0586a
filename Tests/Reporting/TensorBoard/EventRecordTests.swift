import DragomanSystem
import DragomanFormats
import DragomanTraining
import Testing

@testable import DragomanReporting

@Suite struct `An event for TensorBoard` {
  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { NumberText.hexadecimal(UInt64($0), digits: 2) }.joined()
  }

  // By tensorboard 2.21: event_pb2.Event(wall_time=1.5, step=300, …) through its RecordWriter.
  @Test func `is what TensorBoard's own writer writes`() {
    #expect(
      hexadecimal(EventRecord.version(time: 1.5))
        == "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c")
    #expect(
      hexadecimal(
        EventRecord.scalars([("loss/training", 0.25), ("lr", 0.001)], time: 1.5, step: 300))
        == "2f000000000000006d5d1d5009000000000000f83f10ac022a210a140a0d6c6f73732f747261696e"
        + "696e67150000803e0a090a026c72156f12833a717ddb86"
    )
    #expect(
      hexadecimal(EventRecord.restart(time: 1.5, step: 300))
        == "100000000000000095fbfe1809000000000000f83f10ac023a020801713b788a")
    #expect(
      hexadecimal(EventRecord.texts([("t", "é")], time: 1.5, step: 300))
        == "2b00000000000000861bc34b09000000000000f83f10ac022a1d0a1b0a0174420c08071204120208"
        + "014202c3a94a080a060a047465787414f93c89"
    )
  }

  @Test func `is cut off after a step, and where it is damaged`() {
    let parts = [0, 1, 200, 70_000].map { EventRecord.scalars([("a", 1)], time: 9, step: $0) }
    let file = parts.joined().map(\.self)
    func length(_ count: Int) -> Int { parts.prefix(count).reduce(0) { $0 + $1.count } }
    #expect(EventRecord.length(of: file, upTo: 70_000) == file.count)
    #expect(EventRecord.length(of: file, upTo: 69_999) == length(3))
    #expect(EventRecord.length(of: file, upTo: 199) == length(2))
    #expect(EventRecord.length(of: file, upTo: 0) == length(1))
    for cut in 1...parts[3].count {
      #expect(EventRecord.length(of: Array(file.dropLast(cut)), upTo: .max) == length(3))
    }
    for place in [length(2), length(2) + 9, length(2) + 15, length(3) - 1] {
      var damaged = file
      damaged[place] ^= 64
      #expect(EventRecord.length(of: damaged, upTo: .max) == length(2), "\(place)")
    }
    #expect(EventRecord.length(of: [], upTo: 5) == 0)
    #expect(EventRecord.length(of: [UInt8](repeating: 255, count: 40), upTo: 5) == 0)
  }
}

@Suite struct `Files for TensorBoard` {
  /// The steps of all events in a file.
  private func steps(_ path: String) throws -> [Int] {
    let bytes = try Files.read(path)
    let events = (0...100).reduce(into: [Int]()) { lengths, step in
      lengths.append(EventRecord.length(of: bytes, upTo: step))
    }
    #expect(events.last == bytes.count, "the file has no damage")
    return events.indices.filter { $0 == 0 || events[$0] > events[$0 - 1] }
  }

  @Test func `go on in a new one after a resume, without doubled steps`() throws {
    let run = try TinyRun()
    try run.train(stopAfter: 5, time: { 1000.5 })
    let first = try #require(try run.folder.eventFiles.first)
    #expect(first.hasSuffix("/events.out.tfevents.1000.dragoman.0"))
    #expect(try steps(first) == [0, 1, 2, 3, 4, 5])
    // What a process writes that is killed before its next checkpoint.
    try Files.append(EventRecord.scalars([("loss/training", 1)], time: 1000, step: 6), to: first)
    try Files.append(Array(repeating: UInt8(7), count: 5), to: first)
    try run.train(resume: true, time: { 1000.9 })
    let files = try run.folder.eventFiles
    #expect(files.count == 2 && files[1].hasSuffix("1000.dragoman.1"))
    #expect(try steps(files[0]) == [0, 1, 2, 3, 4, 5])
    #expect(try steps(files[1]) == [0, 6, 7, 8])
  }
}
