import DragomanFormats
import DragomanSystem

/// What a file probably is that is not an image we read, by its first bytes.
struct ForeignImage {
  /// What it is.
  let name: String
  /// What to do with it.
  let remedy: String

  /// The format of a file that begins so.
  init(_ bytes: [UInt8], file: String) {
    let start = Array(bytes.prefix(32))
    func has(_ text: String, at offset: Int = 0) -> Bool {
      start.dropFirst(offset).starts(with: text.utf8)
    }
    if let format = Self.picture(start, has) {
      self.init(format, Self.conversion(of: file))
    } else if start.isEmpty {
      self.init("an empty file", InflateError.damaged)
    } else if start.starts(with: GzipReader.magic) {
      self.init("a gzip file", "Unpack it with 'gunzip -k'.")
    } else if start.starts(with: ZipArchive.magic) {
      self.init("a zip archive", "Unpack it; of an .npz, name the array to be read.")
    } else if has("version https://git-lfs") {
      self.init("a Git LFS pointer", "Fetch the file itself with 'git lfs pull'.")
    } else if has("<!DOCTYPE") || has("<html") {
      self.init("a web page", "Download the file itself.")
    } else {
      self.init("something else", "Convert it to PNG, for example with 'magick'.")
    }
  }

  /// The command that makes a PNG of a file; a path is named only if a shell takes it as it is.
  private static func conversion(of file: String) -> String {
    let isPlain = file.utf8.allSatisfy { byte in
      (0x2D...0x39).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x5F
        || (0x61...0x7A).contains(byte)
    }
    guard isPlain, file.utf8.first.map({ $0 != 0x2D }) ?? false else {
      return "Convert it to PNG, for example with 'magick'."
    }
    let name = Files.name(of: file)
    let ending = name.lastIndex(of: ".").map { name.distance(from: $0, to: name.endIndex) } ?? 0
    let stem = String(file.dropLast(ending))
    // A name that promises PNG already must not be that of the result.
    let result = file.dropFirst(stem.count).lowercased() == ".png" ? "\(stem).converted" : stem
    return "Convert it with 'magick \(file) \(result).png'."
  }

  private init(_ name: String, _ remedy: String) { (self.name, self.remedy) = (name, remedy) }

  /// The formats of pictures that are told by name.
  private static func picture(_ start: [UInt8], _ has: (String, Int) -> Bool) -> String? {
    if start.starts(with: [0xFF, 0xD8, 0xFF]) { return "a JPEG" }
    if has("GIF8", 0) { return "a GIF" }
    if has("RIFF", 0), has("WEBP", 8) { return "a WebP" }
    if has("BM", 0), start.count > 14, start[6...9].allSatisfy({ $0 == 0 }) { return "a BMP" }
    if start.starts(with: [0x49, 0x49, 0x2A, 0]) || start.starts(with: [0x4D, 0x4D, 0, 0x2A]) {
      return "a TIFF"
    }
    if has("ftypavif", 4) || has("ftypavis", 4) { return "an AVIF" }
    if ["ftypheic", "ftypheix", "ftypmif1"].contains(where: { has($0, 4) }) { return "a HEIC" }
    if start.starts(with: [0, 0, 0, 12, 0x4A, 0x58, 0x4C]) || start.starts(with: [0xFF, 0x0A]) {
      return "a JPEG XL"
    }
    if has("<svg", 0) || has("<?xml", 0) { return "an SVG" }
    if has("PF", 0) || has("Pf", 0) { return "a PFM" }
    return nil
  }
}
