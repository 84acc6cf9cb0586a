import DragomanFormats
import DragomanSystem

/// A file of arrays: safetensors, NPZ or NPY, which its first bytes tell.
package struct ArrayFile: Sendable {
  /// Its path.
  package let path: String
  private let kind: Kind

  private enum Kind {
    case safetensors(SafetensorsReader)
    case npz(NPZReader)
    case npy
  }

  /// How names of such files end.
  package static let endings = [".safetensors", ".npz", ".npy"]

  /// Opens a file.
  ///
  /// Throws a `FileError` or a `FormatError` for what is no such file.
  package init(path: String) throws {
    self.path = path
    guard !Files.isStream(path) else {
      throw FileError(
        file: path, wanted: "read arrays from it", reason: "it is not a plain file",
        remedy: "Save what it gives in a file first.")
    }
    let start = try InputFile(path).read(8, at: 0)
    if start.starts(with: ZipArchive.magic) {
      kind = .npz(try NPZReader(path: path))
    } else if start.starts(with: NPYHeader.magic) {
      kind = .npy
    } else {
      kind = .safetensors(try SafetensorsReader(path: path))
    }
  }

  /// The names of its arrays; none of an NPY file, whose only one has no name.
  package var names: [String] {
    switch kind {
    case .safetensors(let reader): reader.tensors.map(\.name)
    case .npz(let reader): reader.names
    case .npy: []
    }
  }

  /// Whether it is an NPY file, with one array that has no name.
  package var isSingle: Bool {
    switch kind {
    case .npy: true
    case .safetensors, .npz: false
    }
  }

  /// The array of a name, which that of an NPY file always has.
  ///
  /// - Returns: `nil` if there is none of that name.
  package func array(named name: String) throws -> StoredArray? {
    switch kind {
    case .safetensors(let reader):
      return try reader.tensor(named: name).map { try StoredArray($0, of: reader) }
    case .npz(let reader):
      guard reader.names.contains(name) else { return nil }
      return StoredArray(try reader.array(named: name, atMost: 1 << 36), named: name, file: path)
    case .npy: return try StoredArray(NPYReader(path: path))
    }
  }

  /// The array of a name, which has to be there.
  package func required(_ name: String, _ remedy: String) throws -> StoredArray {
    guard let array = try array(named: name) else {
      let found = names.prefix(8).map { Excerpt.quoted($0) }.joined(separator: ", ")
      throw ArrayError(
        file: path, array: nil, expected: "an array \(Excerpt.quoted(name))",
        found: found.isEmpty ? "none" : found, remedy: remedy)
    }
    return array
  }

  /// The texts of a name: an array of texts, or in safetensors, which has none, a list in JSON in the metadata; `nil`
  /// if there is none.
  package func texts(named name: String) throws -> [String]? {
    switch kind {
    case .safetensors(let reader):
      guard let text = reader.metadata[ExactText(name)] else { return nil }
      let json = try JSON.parse(Array(text.utf8), file: "\(path)[\(name)]")
      guard let texts = json.array?.compactMap(\.string), texts.count == json.array?.count else {
        throw FormatError.metadata(
          file: path, key: name, expected: "a list of texts in JSON",
          found: Excerpt.quoted(text))
      }
      return texts
    case .npz(let reader): return try reader.texts(named: name)
    case .npy: return try NPYReader.texts(path: path)
    }
  }
}
