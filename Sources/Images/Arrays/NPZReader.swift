import DragomanFormats

/// An `.npz` file: arrays of NumPy in a zip archive, as `numpy.savez` and `numpy.savez_compressed` write it.
package struct NPZReader: Sendable {
  /// The names of its arrays, without `.npy`, in the order of the file.
  package let names: [String]
  /// The file's path.
  package var path: String { archive.path }
  private let archive: ZipArchive
  private static let ending = ".npy"

  /// Opens a file and reads the list of its arrays.
  package init(path: String) throws {
    archive = try ZipArchive(path: path)
    names = archive.members.map(\.name).filter { $0.hasSuffix(Self.ending) }.map {
      String($0.dropLast(Self.ending.count))
    }
    guard !names.isEmpty else {
      throw FormatError.bytes(
        file: path, offset: 0, expected: "an archive with members NAME.npy",
        found: archive.members.isEmpty
          ? "no members" : Excerpt.quoted(archive.members[0].name),
        remedy: "Write it with 'numpy.savez'.")
    }
  }

  /// The texts of the array of a name; `nil` if there is none of that name, or it holds numbers.
  func texts(named name: String) throws -> [String]? {
    guard let member = archive.members.first(where: { $0.name == name + Self.ending }) else {
      return nil
    }
    let bytes = try archive.read(member, atMost: 1 << 28)
    let file = "\(path) (\(member.name))"
    let header = try NPYHeader(bytes, file: file, allowsText: true)
    guard header.isText else { return nil }
    try header.require(bytes.count - header.end, file: file)
    return try header.texts(Array(bytes[header.end...]), file: file)
  }

  /// Reads the array of a name, of which there may be at most `limit` bytes.
  ///
  /// Throws a `FormatError` if there is none of this name, or something is wrong with it.
  package func array(named name: String, atMost limit: Int = 1 << 31) throws -> NumberArray {
    guard let member = archive.members.first(where: { $0.name == name + Self.ending }) else {
      throw FormatError.bytes(
        file: path, offset: 0, expected: "an array named \(Excerpt.quoted(name))",
        found: names.prefix(8).map { Excerpt.quoted($0) }.joined(separator: ", "),
        remedy: "Name one of these.")
    }
    let bytes = try archive.read(member, atMost: limit)
    return try NumberArray(npy: bytes, file: "\(path) (\(member.name))")
  }
}
