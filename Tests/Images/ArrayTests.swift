import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import Testing

@testable import DragomanImages

/// Fixtures: `Golden/make_images.py`.
@Suite struct `An array of NumPy` {
  private let folder: TemporaryFolder
  private let reader: NPZReader

  init() throws {
    folder = try TemporaryFolder()
    reader = try NPZReader(path: goldenPath("arrays.npz"))
  }

  /// An `.npy` file of a header and zeros.
  private func file(_ header: String, bytes: Int = 0, version: UInt8 = 1) -> [UInt8] {
    let length = header.utf8.count
    return NPYHeader.magic + [version, 0, UInt8(length & 255), UInt8(length >> 8)]
      + (version == 1 ? [] : [0, 0]) + Array(header.utf8) + [UInt8](repeating: 0, count: bytes)
  }

  private func message(_ bytes: [UInt8]) -> String {
    do {
      _ = try NumberArray(npy: bytes, file: "F")
      return "no error"
    } catch { return "\(error)" }
  }

  @Test(arguments: [
    "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8",
  ]) func `is read in every type and order`(_ kind: String) throws {
    let low = kind.hasPrefix("u") ? 0 : -5
    let expected = (0..<24).map { $0 + low }
    for name in ["<\(kind)", ">\(kind)", "\(kind)-fortran"] {
      let array = try reader.array(named: name)
      #expect(array.shape == [2, 3, 4], "\(name)")
      #expect(array.integers() == expected, "\(name)")
      #expect(array.floats() == expected.map(Float.init), "\(name)")
      #expect(array[1][2].integers() == Array(expected[20..<24]))
    }
  }

  @Test func `is read whatever its version and size`() throws {
    #expect(
      try reader.array(named: "b1").integers() == (0..<24).map { $0 % 3 == 0 ? 1 : 0 })
    #expect(try reader.array(named: "version2").integers() == Array(0..<24))
    #expect(try reader.array(named: "version3").integers() == Array(0..<24))
    let scalar = try reader.array(named: "scalar")
    #expect(scalar.shape == [] && scalar.floats() == [7.25] && scalar.integers() == nil)
    let empty = try reader.array(named: "empty")
    #expect(empty.shape == [0, 3] && empty.floats() == [])
    #expect(try reader.array(named: "extremes").integers() == nil)
    #expect(
      try reader.array(named: "fractions").floats() == [0.1, .infinity, -.infinity, 0] as [Float])
  }

  @Test func `that holds no plain numbers is refused`() throws {
    func message(_ name: String) -> String {
      do {
        _ = try reader.array(named: name)
        return "no error"
      } catch {
        return "\(error)".replacing(goldenPath(""), with: "")
      }
    }
    let remedy =
      " Save it as numbers, for example with 'numpy.save(file, array.astype(\"float32\"))'."
    #expect(
      message("text")
        == "arrays.npz (text.npy): byte 20: expected a type of plain numbers, such as '<f4', found '<U1'.\(remedy)"
    )
    #expect(message("complex").contains("found '<c8'."))
    #expect(message("record").contains("found a record.\(remedy)"))
    #expect(
      message("none").hasPrefix(
        "arrays.npz: byte 0: expected an array named 'none', found '<u1', '>u1', ")
    )
  }

  @Test func `of an archive is a member that ends in .npy`() throws {
    try folder.write("none.npz", ArrayBytes.npz([]))
    #expect(
      folder.message { _ = try NPZReader(path: folder["none.npz"]) }
        == "none.npz: byte 0: expected an archive with members NAME.npy, found no members. Write it with "
        + "'numpy.savez'.")
    let first = try ZipArchive(path: goldenPath("png.zip")).members[0].name
    #expect(
      folder.message { _ = try NPZReader(path: goldenPath("png.zip")) }
        .contains("members NAME.npy, found '\(first)'. Write it with"))
  }

  @Test func `is read by rows from a file`() throws {
    for name in ["<f4", ">i2", "f8-fortran"] {
      let archive = try ZipArchive(path: goldenPath("arrays.npz"))
      let member = try #require(archive.members.first { $0.name == name + ".npy" })
      let path = try folder.write("a.npy", archive.read(member, atMost: 10_000))
      let rows = try NPYReader(path: path)
      #expect(rows.shape == [2, 3, 4] && rows.rowSize == 12)
      #expect(try rows.floats(rows: 1..<2) == (12..<24).map { Float($0 - 5) })
      #expect(try rows.floats(rows: 0..<0) == [])
      #expect(try rows.array() == NumberArray(npy: path))
      #expect(try rows.floats(rows: 0..<2) == rows.array().floats())
    }
  }

  @Test(arguments: [
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", 7,
      "byte 65: expected 8 bytes for the shape (2) of F32, found 7."
    ),
    (
      "{'descr': '<f4', 'shape': (2,)}", 8,
      "byte 10: expected 'fortran_order' in the header, found none."
    ),
    (
      "{'descr': '<f4', 'fortran_order': 1, 'shape': (2,)}", 8,
      "byte 44: expected a text, True, False or numbers in parentheses, found '1'."
    ),
    (
      "{'descr': '<f4', 'fortran_order': 'x', 'shape': (2,)}", 8,
      "byte 44: expected True or False, found something else."
    ),
    (
      "{'descr': '<f4', 'fortran_order': True, 'shape': False}", 8,
      "byte 59: expected a shape in parentheses, found something else."
    ),
    (
      "{'descr': '<f4', 'fortran_order': True, 'shape': (-2,)}", 8,
      "byte 60: expected a length of the shape, found '-'."
    ),
    (
      "{'descr': '<f4', 'fortran_order': True, 'shape': (9223372036854775807, 9)}", 8,
      "byte 59: expected a shape that fits into memory, found (9223372036854775807, 9)."
    ),
    (
      "{'descr': '<f4', 'fortran_order': True, 'shape': (0, 9223372036854775807, 9)}", 0,
      "byte 59: expected a shape that fits into memory, found (0, 9223372036854775807, 9)."
    ),
    (
      "{'descr': '<f4', 'fortran_order': True, 'shape': (99999999999999999999,)}", 8,
      "byte 60: expected a length of the shape, found '9'."
    ),
    ("{'descr': '<f4", 8, "byte 24: expected the end of a text, found its end."),
    ("{ ", 0, "byte 12: expected more of the header, found its end."),
    ("x ", 0, "byte 10: expected '{' in the header, found 'x'."),
  ]) func `is refused for its header`(_ header: String, _ bytes: Int, _ expected: String) {
    #expect(message(file(header, bytes: bytes)) == "F: \(expected)\(damaged)")
  }

  @Test func `is refused for its frame`() {
    #expect(
      message([])
        == "F: byte 0: expected an array of NumPy, \\x93NUMPY, found an empty file.\(damaged)")
    #expect(
      message(file("", version: 4))
        == "F: byte 6: expected version 1.0, 2.0 or 3.0, found 4.0.\(damaged)")
    var long = file("{}", version: 2)
    long[11] = 0x7F
    #expect(
      message(long)
        == "F: byte 8: expected a header of at most 65,536 bytes, found 2,130,706,434.\(damaged)")
    let good = file("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1), }\n", bytes: 2)
    #expect(message(good) == "no error")
    for length in 0..<good.count {
      #expect(message(Array(good.prefix(length))).hasPrefix("F: byte "))
    }
  }

  @Test func `never traps`() throws {
    var random = SplitMix(seed: 9)
    let good = file("{'descr': '>f2', 'fortran_order': True, 'shape': (2, 3), }\n", bytes: 12)
    for _ in 0..<20_000 {
      var bytes = good
      random.mutate(&bytes)
      _ = try? NumberArray(npy: bytes, file: "F")
    }
  }

  @Test func `may be an image, or many`() throws {
    let bytes = NumberArray(type: .u8, shape: [2, 1, 2, 3], bytes: Array(0..<12))
    let images = try Image.all(in: bytes, file: "F")
    #expect(images.count == 2 && images[1].height == 1 && images[1].width == 2)
    #expect(images[1].samples == (6..<12).map { Float($0) / 255 })
    let words = NumberArray(type: .u16, shape: [1, 2], bytes: [1, 0, 255, 255])
    #expect(try Image(words, file: "F").samples == [1 / 65535 as Float, 1])
    func message(_ type: TensorType, _ shape: [Int]) -> String {
      let size = shape.reduce(type.bits / 8, *)
      do {
        _ = try Image(
          NumberArray(type: type, shape: shape, bytes: [UInt8](repeating: 255, count: size)),
          file: "F")
        return "no error"
      } catch { return "\(error)" }
    }
    #expect(
      message(.i64, [1, 1])
        == "F: byte 0: expected an image of U8, U16, BOOL or floats, found I64. Save it as bytes with "
        + "'array.astype(\"uint8\")'."
    )
    #expect(
      message(.f32, [1, 1]).contains("expected finite numbers, found an infinite one or none."))
    let loud = NumberArray(type: .f32, shape: [1, 2], bytes: [0, 0, 0, 63, 0, 0, 128, 65])
    let error = try #require(throws: FormatError.self) { try Image(loud, file: "F") }
    #expect(
      "\(error)"
        == "F: byte 0: expected numbers from 0 to 1, found 16.00. Divide all images by the same number, the "
        + "greatest that there is.")
    #expect(
      message(.u8, [4]).contains(
        "expected the shape [height, width] or [height, width, channels], 4 channels at most, found (4)."
      ))
    #expect(message(.u8, [1, 2, 5]).contains("4 channels at most, found (1, 2, 5)."))
    #expect(message(.u8, [0, 2]).contains("expected at least one pixel"))
  }
}
