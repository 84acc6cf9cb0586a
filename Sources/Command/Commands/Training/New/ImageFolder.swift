import DragomanFormats
import DragomanSystem
import DragomanText

/// A folder that has a folder of images for each class, as a corpus of their names and classes.
struct ImageFolder {
  /// The files, `CLASS/NAME`, each with its class.
  let corpus: ParallelCorpus

  /// Endings of files that are images.
  private static let endings: Set<String> = ["png", "pbm", "pgm", "ppm", "pnm", "pam", "npy"]

  /// Looks into the folder; files that are hidden are passed over, and others that are not images are an error.
  init(_ path: String) throws {
    guard Files.isDirectory(path) else { throw ImageFolderError.noFolder(path: path) }
    var pairs: [SentencePair] = []
    for label in try Files.listAll(path) where !label.hasPrefix(".") {
      let folder = "\(path)/\(label)"
      // A file beside the folders, perhaps a list of what there is, says nothing of classes.
      guard Files.isDirectory(folder) else { continue }
      guard Self.isPlain(label) else { throw ImageFolderError.name(path: folder) }
      let names = try Files.listAll(folder).filter { !$0.hasPrefix(".") }
      for name in names {
        let file = "\(folder)/\(name)"
        guard !Files.isDirectory(file) else {
          throw ImageFolderError.folderInClass(path: file, root: path, inner: folder)
        }
        guard Self.isPlain(name) else { throw ImageFolderError.name(path: file) }
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard Self.endings.contains(ending) else { throw ImageFolderError.noImage(path: file) }
        pairs.append(SentencePair(source: "\(label)/\(name)", target: label))
      }
      guard !names.isEmpty else { throw ImageFolderError.emptyClass(path: folder) }
    }
    guard !pairs.isEmpty else { throw ImageFolderError.noClasses(path: path) }
    corpus = ParallelCorpus(pairs)
  }

  /// Whether a name stays what it is in a column of a table: no tab, no line break, no space at an end and no two
  /// together.
  private static func isPlain(_ name: String) -> Bool {
    name.split(separator: " ", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
      && name.unicodeScalars.allSatisfy {
        $0 == " " || !$0.properties.isWhitespace && $0.value >= 0x20
      }
  }
}

/// Why a folder is not a folder of classes.
enum ImageFolderError: Error, Equatable, CustomStringConvertible {
  /// There is no such folder.
  case noFolder(path: String)
  /// There are no folders in it.
  case noClasses(path: String)
  /// A class has no file.
  case emptyClass(path: String)
  /// A folder stands where images are expected.
  case folderInClass(path: String, root: String, inner: String)
  /// A file is not an image that can be read.
  case noImage(path: String)
  /// A name that cannot stand in a table.
  case name(path: String)

  /// What is wrong, and what to do.
  var description: String {
    switch self {
    case .noFolder(let path):
      "\(path): expected a folder of images, found none. Look at --images."
    case .noClasses(let path):
      """
      \(path): expected a folder of images for each class, found no folder in it. Make one for each class, or name a \
      table of files and classes: --corpus FILE.
      """
    case .emptyClass(let path):
      "\(path): expected images of a class, found no file. Put some there, or remove the folder."
    case .folderInClass(let path, let root, let inner):
      """
      \(path): expected an image of the class '\(Files.name(of: inner))', found a folder. If the folders in \(inner) \
      are the classes, name that in the place of \(root): --images \(inner).
      """
    case .noImage(let path):
      """
      \(path): expected an image in PNG, PBM, PGM, PPM, PAM or NPY by the ending of its name, found another. Convert \
      it, for example with 'magick', or remove it.
      """
    case .name(let path):
      """
      \(Excerpt.quoted(path)): expected a name that can stand in a table, found a tab, a line break or spaces at an \
      end or together. Rename it.
      """
    }
  }
}
