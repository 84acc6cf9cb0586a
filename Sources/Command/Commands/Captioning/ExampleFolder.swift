import DragomanFormats
import DragomanSystem
import DragomanTranslation

/// A folder of images or of features, as the files that are in it.
enum ExampleFolder {
  /// What the files hold.
  enum Kind {
    /// Images.
    case images
    /// Rows of features.
    case features

    /// What a model reads.
    init(_ reading: SourceReading) {
      switch reading {
      case .features: self = .features
      case .images, .texts: self = .images
      }
    }

    fileprivate var endings: Set<String> {
      switch self {
      case .images: ["png", "pbm", "pgm", "ppm", "pnm", "pam", "npy", "npz", "safetensors"]
      case .features: ["npy", "npz", "safetensors"]
      }
    }
  }

  /// The path itself, or the files of a folder by their names; those that are hidden or end otherwise are passed over.
  ///
  /// - Throws: ``EmptyFolder`` where none is left.
  static func files(at path: String, _ kind: Kind) throws -> [String] {
    guard Files.isDirectory(path) else { return [path] }
    let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    let names = try Files.listAll(folder).filter { name in
      let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
      return !name.hasPrefix(".") && name.contains(".") && kind.endings.contains(ending)
        && !Files.isDirectory("\(folder)/\(name)")
    }
    guard !names.isEmpty else {
      throw EmptyFolder(path: path, endings: kind.endings.sorted().map { ".\($0)" })
    }
    return names.map { "\(folder)/\($0)" }
  }
}

/// A folder has no file that the model reads.
struct EmptyFolder: Error, CustomStringConvertible {
  /// The folder.
  let path: String
  /// What such files end in.
  let endings: [String]
  /// What was expected, and what to do.
  var description: String {
    "\(path): expected a folder with files that end in \(Words.choice(endings)), found none; name the files "
      + "themselves, or convert them, for example with 'magick mogrify -format png'"
  }
}
