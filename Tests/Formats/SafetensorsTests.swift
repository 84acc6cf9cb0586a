import Testing

@testable import DragomanFormats

@Suite struct `Safetensors` {
  let path = "/tmp/dragoman-st-\(UInt64.random(in: 0...UInt64.max)).safetensors"

  private func file(_ header: [UInt8], data: Int = 0, length: UInt64? = nil) -> [UInt8] {
    let count = length ?? UInt64(header.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + header
      + [UInt8](repeating: 0, count: data)
  }

  /// The message of reading a file, or `accepted`.
  private func message(_ bytes: [UInt8]) throws -> String {
    defer { try? Files.remove(path) }
    try AtomicFile.write(bytes, to: path)
    do {
      _ = try SafetensorsReader(path: path)
      return "accepted"
    } catch {
      return "\(error)".replacing(path, with: "F")
    }
  }

  static let one = #""dtype":"F32","shape":[2],"data_offsets":[0,8]"#

  @Test(arguments: [
    ("{}", 0, "accepted"),
    (#" {"__metadata__":{"k":"v"}}  "#, 0, "accepted"),
    ("{\"a\":{\(one)}}", 8, "accepted"),
    (#"{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}"#, 4, "accepted"),
    (#"{"a":{"dtype":"BF16","shape":[0,9],"data_offsets":[0,0]}}"#, 0, "accepted"),
    (
      #"{"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"F64","shape":[1],"data_offsets":[1,9]}}"#,
      9, "accepted"
    ),
    (#"{"a":{"dtype":"F4","shape":[4],"data_offsets":[0,2]}}"#, 2, "accepted"),
    ("[]", 0, "F: byte 8: expected a JSON object as header, found an empty array."),
    ("{\"a\":{\(one)}}", 7, "F: byte"),
    ("{\"a\":{\(one)}}", 9, "F: byte"),
    ("{}", 5, "F: byte 10: expected 10 bytes in all, by the header, found 15."),
    (
      #"{"a":3}"#, 0,
      "F: tensor 'a': expected an object with dtype, shape and data_offsets, found 3."
    ),
    (
      #"{"a":["F32",[2],[0,8]]}"#, 8,
      "F: tensor 'a': expected an object with dtype, shape and data_offsets, found an array."
    ),
    (
      #"{"a":{"shape":[2],"data_offsets":[0,8]}}"#, 8,
      "F: tensor 'a': expected a dtype, found none."
    ),
    (
      #"{"a":{"dtype":"f32","shape":[2],"data_offsets":[0,8]}}"#, 8,
      "F: tensor 'a': expected one of the types BOOL"
    ),
    (
      #"{"a":{"dtype":"F32","data_offsets":[0,8]}}"#, 8,
      "F: tensor 'a': expected an array 'shape', found none."
    ),
    (
      #"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, 8,
      "F: tensor 'a': expected integers from 0 on in 'shape', found -2."
    ),
    (
      #"{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}"#, 8,
      "F: tensor 'a': expected integers from 0 on in 'shape', found 2.0."
    ),
    (
      #"{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}"#, 8,
      "F: tensor 'a': expected integers from 0 on in 'shape', found \"2\"."
    ),
    (
      #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}"#, 8,
      "F: tensor 'a': expected integers from 0 on in 'shape', found 99999999999999999999."
    ),
    (
      #"{"a":{"dtype":"F32","shape":[4,4611686018427387905],"data_offsets":[0,16]}}"#, 16,
      "F: tensor 'a': expected a shape that fits into memory, found [4, 4611686018427387905]."
    ),
    (
      #"{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}"#, 2,
      "F: tensor 'a': expected whole bytes, found 12 bits for [3]."
    ),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8,
      "F: tensor 'a': expected two data_offsets, begin ≤ end, found [8, 0]."
    ),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}"#, 8,
      "F: tensor 'a': expected two data_offsets, begin ≤ end, found [0, 8, 9]."
    ),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}"#, 8,
      "F: tensor 'a': expected two data_offsets"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8,
      "F: tensor 'a': expected 12 bytes for F32 [3], found 8."
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8,
      "F: tensor 'a': expected data that begin at 0, where those before end, found 4."
    ),
    (
      "{\"a\":{\(one)},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8,
      "F: tensor 'b': expected data that begin at 8, where those before end, found 4."
    ),
    (
      "{\"a\":{\(one)},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}", 16,
      "F: tensor 'b': expected data that begin at 8, where those before end, found 12."
    ),
    (
      "{\"a\":{\(one)},\"a\":{\(one)}}", 8,
      "F[header]:1:55: expected names that differ, found \"a\" a second time"
    ),
    (
      "{\"a\":{\(one),\"extra\":1}}", 8,
      "F: tensor 'a': expected dtype, shape and data_offsets only, found 'extra'."
    ),
    (
      #"{"__metadata__":null}"#, 0,
      "F: tensor '__metadata__': expected an object of strings, found null."
    ),
    (
      #"{"__metadata__":{"a":1}}"#, 0,
      "F: tensor '__metadata__': expected a string for 'a', found 1."
    ),
    (
      #"{"a":{"dtype":"F32","shape":[[[1]]],"data_offsets":[0,4]}}"#, 4,
      "F[header]:1:30: expected at most 3 levels, found one more"
    ),
    (#"{"a""#, 0, "F[header]:1:5: expected ':' after a name, found the end of the text"),
  ])
  func `are refused or accepted`(_ header: String, _ data: Int, _ expected: String) throws {
    let found = try message(file(Array(header.utf8), data: data))
    #expect(found.hasPrefix(expected), "\(found)")
  }

  @Test func `with a wrong frame are refused`() throws {
    #expect(
      try message([]).hasPrefix("F: byte 0: expected 8 bytes of header length, found 0 bytes."))
    #expect(
      try message([1, 2, 3]).hasPrefix(
        "F: byte 0: expected 8 bytes of header length, found 3 bytes."))
    let header = Array("{}".utf8)
    for (length, expected) in [
      (
        3 as UInt64,
        "F: byte 0: expected a header within the 10 bytes of the file, found one of 3 bytes."
      ),
      (100_000_001, "F: byte 0: expected a header of at most 100000000 bytes, found 100000001."),
      (.max, "F: byte 0: expected a header of at most"),
      (1 << 63, "F: byte 0: expected a header of at most"),
      (1, "F[header]:1:2: expected a name in quotes or '}', found the end of the text"),
      (0, "F[header]:1:1: expected a value, found the end of the text"),
    ] {
      let found = try message(file(header, length: length))
      #expect(found.hasPrefix(expected), "\(found)")
    }
    #expect(try message(file([0x7B, 0xFF, 0x7D])).contains("expected UTF-8"))
  }

  @Test func `are written to the byte, and equal contents give equal bytes`() throws {
    defer { try? Files.remove(path) }
    func write(_ metadata: [String: String]) throws -> [UInt8] {
      var writer = SafetensorsWriter(metadata: metadata)
      writer.add("x", shape: [2, 1]) { [1, -2] }
      writer.add("empty", shape: [0]) { [] }
      try writer.write(to: path)
      return try Files.read(path)
    }
    let bytes = try write(["b": "2", "a": "1"])
    let header = String(decoding: bytes[8..<(bytes.count - 8)], as: UTF8.self)
    #expect(
      header.hasPrefix(
        #"{"__metadata__":{"a":"1","b":"2","dragoman.checksum":""#))
    #expect(
      header.contains(
        #""x":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"empty":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}"#
      ))
    #expect((bytes.count - 8) % 64 == 0)
    #expect(bytes.suffix(8) == [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    #expect(try write(["a": "1", "b": "2"]) == bytes)

    let reader = try SafetensorsReader(path: path)
    try reader.verifyChecksum()
    #expect(reader.metadata["a"] == "1")
    var numbers: [Float] = []
    try reader.readFloats(try #require(reader.tensor(named: "x"))) { numbers += $1 }
    #expect(numbers == [1, -2])

    var damaged = bytes
    damaged[damaged.count - 3] ^= 4
    try AtomicFile.write(damaged, to: path)
    let error = #expect(throws: FormatError.self) {
      try SafetensorsReader(path: path).verifyChecksum()
    }
    #expect("\(try #require(error))".contains("It was changed or damaged; use another copy."))
  }

  @Test func `of every plain type give their values`() {
    #expect(TensorType.f16.value(0x3C00) == 1)
    #expect(TensorType.f16.value(0xC500) == -5)
    #expect(TensorType.f16.value(0x0001) == 0x1p-24)
    #expect(TensorType.f16.value(0x7C00) == .infinity)
    #expect(TensorType.f16.value(0x7E00)?.isNaN == true)
    #expect(TensorType.bf16.value(0x4049) == 3.140625)
    #expect(TensorType.i8.value(0xFF) == -1)
    #expect(TensorType.i64.value(.max) == -1)
    #expect(TensorType.bool.value(1) == 1)
    #expect(TensorType.f8e4m3.value(1) == nil)
  }

  @Test func `with changed headers never trap`() throws {
    defer { try? Files.remove(path) }
    let header = Array(
      #"{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"I8","shape":[3,1],"data_offsets":[8,11]}}"#
        .utf8)
    var state: UInt64 = 11
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let spice = Array("{}[]\",:9-0e \\".utf8) + [0, 0xFF]
    for _ in 0..<3000 {
      var bytes = file(header, data: 11)
      for _ in 0...draw(3) { bytes[draw(bytes.count)] = spice[draw(spice.count)] }
      try AtomicFile.write(bytes, to: path)
      guard let reader = try? SafetensorsReader(path: path) else { continue }
      for tensor in reader.tensors { _ = try reader.readValues(tensor) { _ in } }
    }
  }
}
