import DragomanSystem
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanFormats

@Suite struct `The safetensors writer` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `writes what Python's library reads, to the byte`() throws {
    // The script of this golden file composes it by itself and opens it with the library.
    var writer = SafetensorsWriter(metadata: ["zwölf": "☃", "a": #"{"b":"c"}"#, "Z": "1"])
    writer.add("b.weight", shape: [2, 3]) { [1, -2, 0.5, 1e-30, -0.0, 65504] }
    writer.add("a \"bias\"\n", shape: [1]) { [3.25] }
    writer.add("none", shape: [0, 4]) { [] }
    writer.add("one", shape: []) { [1] }
    try writer.write(to: folder["F"])
    let golden = try Files.read(goldenPath("dragoman.safetensors"))
    #expect(try Files.read(folder["F"]) == golden)
  }

  @Test func `gives equal bytes for equal contents, and data at a multiple of 64`() throws {
    for length in 0..<70 {
      let name = String(repeating: "n", count: length)
      var files: [[UInt8]] = []
      for keys in [["a", "b", "c"], ["c", "b", "a"]] {
        let metadata = Dictionary(uniqueKeysWithValues: keys.map { ($0, "<\($0)>") })
        var writer = SafetensorsWriter(metadata: metadata)
        writer.add(name, shape: [1]) { [0.5] }
        try writer.write(to: folder["F"])
        files.append(try Files.read(folder["F"]))
      }
      #expect(files[0] == files[1])
      #expect((files[0].count - 4) % 64 == 0)
    }
  }

  @Test func `puts its checksum in the place of another`() throws {
    for metadata in [
      [:], ["dragoman.checksum": "a lie"], ["a": "\"dragoman.checksum\":\"00000000\"}}"],
      ["zz": "dragoman.checksum\":\"", "dragoman.checksum ": "\"\\"], ["\u{1}é": "\u{2}"],
    ] {
      var writer = SafetensorsWriter(metadata: metadata)
      writer.add("dragoman.checksum", shape: [9]) { (1...9).map { Float($0) } }
      try writer.write(to: folder["F"])
      let reader = try SafetensorsReader(path: folder["F"])
      try reader.verifyChecksum()
      #expect(reader.metadata["dragoman.checksum"]?.count == 8)
      for (key, value) in metadata where key != "dragoman.checksum" {
        #expect(reader.metadata[key] == value)
      }
    }
  }

  /// Numbers are asked for once; only a pipe, where nothing can be changed later, asks twice and gets the same bytes.
  @Test func `writes the same into a pipe`() throws {
    var asked = 0
    var writer = SafetensorsWriter(metadata: ["a": "b"])
    writer.add("x", shape: [3]) {
      asked += 1
      return [1, 2, 3]
    }
    try writer.write(to: folder["F"])
    #expect(asked == 1)
    try #require(mkfifo(folder["pipe"], 0o600) == 0)
    let pipe = open(folder["pipe"], O_RDWR | O_NONBLOCK)
    defer { close(pipe) }
    try writer.write(to: folder["pipe"])
    #expect(asked == 3)
    var bytes = [UInt8](repeating: 0, count: 1000)
    let count = read(pipe, &bytes, bytes.count)
    #expect(try Array(bytes.prefix(max(count, 0))) == Files.read(folder["F"]))
  }

  @Test func `refuses a header beyond the limit of the format`() throws {
    let long = String(repeating: "m", count: 100_000_000)
    let found = folder.message {
      try SafetensorsWriter(metadata: ["m": long]).write(to: folder["F"])
    }
    #expect(
      found
        == "F: byte 0: expected a header of at most 100,000,000 bytes, found 100,000,056 to be written. Use fewer "
        + "or shorter names and metadata."
    )
    #expect(try Files.list(folder.path) == [])
  }

  @Test func `traps for a tensor that the format cannot hold`() async {
    await #expect(processExitsWith: .failure) {
      var writer = SafetensorsWriter()
      writer.add("__metadata__", shape: [1]) { [1] }
    }
    await #expect(processExitsWith: .failure) {
      var writer = SafetensorsWriter()
      writer.add("a", shape: [1]) { [1] }
      writer.add("a", shape: [1]) { [1] }
    }
    await #expect(processExitsWith: .failure) {
      var writer = SafetensorsWriter()
      writer.add("a", shape: [2]) { [1] }
      try? writer.write(to: "/dev/null")
    }
  }

  /// Random names, shapes and contents are written and read as the same.
  @Test func `and the reader agree`() throws {
    var random = SplitMix(seed: 9)
    let scalars: [Unicode.Scalar] = ["a", ".", "\"", "\\", "\n", "é", "\u{301}", "☃", "😀"]
    func text() -> String {
      (0..<random.below(9)).reduce(into: "") { text, _ in
        text.unicodeScalars.append(scalars[random.below(scalars.count)])
      }
    }
    for _ in 0..<40 {
      var metadata: [String: String] = [:]
      for _ in 0..<random.below(5) { metadata[text()] = text() }
      var writer = SafetensorsWriter(metadata: metadata)
      var expected: [(name: String, shape: [Int], floats: [Float])] = []
      for index in 0..<random.below(8) {
        let shape = (0..<random.below(4)).map { _ in random.below(6) }
        let floats = (0..<shape.reduce(1, *)).map { _ in Float(random.below(1000)) - 0.1 }
        let name = "\(index)\(text())"
        writer.add(name, shape: shape) { floats }
        expected.append((name, shape, floats))
      }
      try writer.write(to: folder["F"])
      let reader = try SafetensorsReader(path: folder["F"])
      try reader.verifyChecksum()
      #expect(reader.metadata.count == metadata.count + 1)
      for (key, value) in metadata { #expect(reader.metadata[key] == value) }
      #expect(reader.tensors.count == expected.count)
      for tensor in expected {
        let found = try #require(reader.tensor(named: tensor.name))
        #expect(found.type == .f32 && found.shape == tensor.shape)
        var floats: [Float] = []
        try reader.readFloats(found) { floats += $1 }
        #expect(floats == tensor.floats)
      }
    }
  }

  @Test func `takes very many tensors in a time that grows with their number`() throws {
    func time(_ count: Int) throws -> Duration {
      let time = try ThreadTime.measure {
        var writer = SafetensorsWriter()
        for index in 0..<count { writer.add("layer.\(index).weight", shape: [1]) { [1] } }
        try writer.write(to: folder["F"])
      }
      #expect(try SafetensorsReader(path: folder["F"]).tensors.count == count)
      return time
    }
    // What grows with the square would take 256 times as long.
    let few = try (0..<3).map { _ in try time(12_500) }.max() ?? .zero
    #expect(try time(200_000) < few * 64)
  }
}
