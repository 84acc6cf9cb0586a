import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import Testing

@testable import DragomanImages

@Suite struct `A file of arrays` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes an `.npy` file.
  private func npy(
    _ name: String, _ type: String, _ shape: String, isFortran: Bool = false, _ bytes: [UInt8]
  ) throws {
    let header =
      "{'descr': '\(type)', 'fortran_order': \(isFortran ? "True" : "False"), 'shape': \(shape), }\n"
    try AtomicFile.write(
      NPYHeader.magic + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + bytes,
      to: folder[name])
  }

  @Test func `is read in parts, whatever it is`() throws {
    var writer = SafetensorsWriter(metadata: ["names": #"["a", "b"]"#])
    let numbers = (0..<24).map { Float($0) }
    writer.add("x", shape: [2, 3, 4]) { numbers }
    writer.add("y", shape: [2]) { [1, 0] }
    try writer.write(to: folder["a.safetensors"])
    try npy("a.npy", "|u1", "(2, 3, 4)", (0..<24).map { UInt8($0) })
    // The first axis runs fastest.
    let places = (0..<24).map { ($0 % 2) * 12 + ($0 / 2 % 3) * 4 + $0 / 6 }
    try npy("b.npy", "|i1", "(2, 3, 4)", isFortran: true, places.map { UInt8($0) })
    for name in ["a.safetensors", "a.npy", "b.npy"] {
      let file = try ArrayFile(path: folder[name])
      #expect(file.isSingle == name.hasSuffix("npy"))
      let array = try #require(try file.array(named: "x"))
      #expect(array.shape == [2, 3, 4] && array.rowSize == 12)
      #expect(try array.floats(5..<17) == Array(numbers[5..<17]), "\(name)")
      #expect(try array.row(1).floats() == Array(numbers[12...]), "\(name)")
      #expect(try array.integers() == Array(0..<24), "\(name)")
    }
    let file = try ArrayFile(path: folder["a.safetensors"])
    #expect(file.names == ["x", "y"])
    #expect(try file.array(named: "z") == nil)
    #expect(try file.texts(named: "names") == ["a", "b"])
    #expect(try file.texts(named: "x") == nil)
    let error = #expect(throws: ArrayError.self) { try file.required("z", "Add it.") }
    #expect(
      error?.description
        == "\(folder["a.safetensors"]): expected an array 'z', found 'x', 'y'. Add it.")
  }

  @Test func `of images has their channels last`() throws {
    func message(_ shape: String, _ count: Int) throws -> String {
      try npy("a.npy", "|u1", shape, [UInt8](repeating: 7, count: count))
      let file = try ArrayFile(path: folder["a.npy"])
      return folder.relative(#expect(throws: ArrayError.self) { try ImageStack(file) })
    }
    let expected =
      "[images, height, width] or [images, height, width, channels], 4 channels at most"
    let found = try message("(2, 3, 4, 5)", 120)
    #expect(found.contains("expected the shape \(expected), found "))
    #expect(found.hasSuffix(". Channels come last; change the order with 'numpy.moveaxis'."))
    #expect(try message("(0, 4, 4)", 0).hasSuffix(". Leave the file out."))
  }

  @Test func `may hold texts`() throws {
    try npy(
      "a.npy", "<U2", "(3,)",
      [97, 0, 0, 0, 98, 0, 0, 0, 0xE9, 0, 0, 0] + [UInt8](repeating: 0, count: 12))
    #expect(try ArrayFile(path: folder["a.npy"]).texts(named: "") == ["ab", "é", ""])
    try npy("b.npy", ">U1", "(1,)", [0, 0, 0, 98])
    #expect(try ArrayFile(path: folder["b.npy"]).texts(named: "") == ["b"])
    try npy("c.npy", "|S3", "(2,)", [97, 98, 0, 99, 0, 0])
    #expect(try ArrayFile(path: folder["c.npy"]).texts(named: "") == ["ab", "c"])
    try npy("d.npy", "<f4", "(1,)", [0, 0, 0, 0])
    #expect(try ArrayFile(path: folder["d.npy"]).texts(named: "") == nil)
    func message(_ name: String) -> String {
      do {
        _ = try ArrayFile(path: folder[name]).texts(named: "")
        return "no error"
      } catch { return "\(error)" }
    }
    try npy("e.npy", "<U1", "(1, 1)", [97, 0, 0, 0])
    #expect(
      message("e.npy").contains("expected a list of texts, one axis, found the shape (1, 1)."))
    try npy("f.npy", "<U1", "(1,)", [0, 0xD8, 0, 0])
    #expect(
      message("f.npy").contains(
        "expected texts of Unicode scalars, found others in that of index 0."))
    try npy("g.npy", "|S1", "(1,)", [0xFF])
    #expect(
      message("g.npy").contains("expected texts in UTF-8, found other bytes in that of index 0."))
    // Where numbers are read, texts are refused as before.
    #expect(throws: FormatError.self) { try ArrayFile(path: folder["a.npy"]).array(named: "") }
    #expect(throws: FileError.self) { try ArrayFile(path: folder["none.npy"]) }
  }
}
