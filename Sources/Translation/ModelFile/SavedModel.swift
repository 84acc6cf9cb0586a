package import DragomanFormats
package import DragomanSystem

/// A model of any task, as a file holds it.
package enum SavedModel: Sendable {
  /// A model that writes.
  case translation(ModelFile)
  /// A model that knows classes.
  case classification(ClassifierFile)
  /// A model that writes about images or features.
  case captioning(CaptionerFile)

  /// Reads whatever model the file holds; weights that are not finite are refused, unless somebody wants to look at
  /// them.
  package init(_ file: SafetensorsReader, allowingNonFinite: Bool = false) throws {
    _ = try ModelFile.version(of: file)
    switch try ModelTask(of: file) {
    case .translation:
      self = .translation(try ModelFile(file, allowingNonFinite: allowingNonFinite))
    case .classification:
      self = .classification(try ClassifierFile(file, allowingNonFinite: allowingNonFinite))
    case .captioning:
      self = .captioning(try CaptionerFile(file, allowingNonFinite: allowingNonFinite))
    }
  }

  /// Reads whatever model the file at a path holds.
  package init(path: String, in folder: OpenFolder? = nil) throws {
    try self.init(try SafetensorsReader(path: path, in: folder))
  }

  /// The model, for what all kinds have.
  package var stored: any StoredModel {
    switch self {
    case .translation(let file): file
    case .classification(let file): file
    case .captioning(let file): file
    }
  }
}
