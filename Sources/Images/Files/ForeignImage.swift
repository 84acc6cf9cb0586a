import DragomanFormats
import DragomanSystem

/// What a file probably is that is no image we read, by its first bytes.
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
      // A name is shown as it is only if a shell takes it so.
      let plain = Files.name(of: file).utf8.allSatisfy {
        $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x41 && $0 <= 0x5A || $0 >= 0x61 && $0 <= 0x7A
          || "._-".utf8.contains($0)
      }
      let name = plain && !file.isEmpty ? Files.name(of: file) : "it"
      let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
      self.init(format, "Convert it with 'magick \(name) \(stem.isEmpty ? "it" : stem).png'.")
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
