import DragomanFormats
import DragomanSystem

extension Image {
  /// Bytes of a file that may hold an image: those of the largest image at 16 bits, and some more.
  private static let largestFile = 2 * largest + 1 << 26

  /// Reads an image: PNG, a portable map (PBM, PGM, PPM, PAM) or an array of NumPy.
  ///
  /// The first bytes tell which. Throws a `FileError` for a file that cannot be opened and a `FormatError` for what is
  /// wrong with it: place, expectation, finding, remedy; other formats are told by name, with the command that converts
  /// them.
  package init(path: String) throws {
    guard !Files.isStream(path) else {
      throw FileError(
        file: path, wanted: "read an image from it", reason: "it is not a plain file",
        remedy: "Save what it gives in a file first.")
    }
    let size = try InputFile(path).size
    guard size <= Self.largestFile else {
      throw FormatError.bytes(
        file: path, offset: 0,
        expected: "an image of at most \(NumberText.grouped(Self.largestFile)) bytes",
        found: NumberText.grouped(size), remedy: "Make it smaller.")
    }
    try self.init(bytes: Files.read(path), file: path)
  }

  /// Reads an image that is in memory; `file` is its name in messages.
  package init(bytes: [UInt8], file: String) throws {
    if bytes.starts(with: PNGReader.signature) {
      self = try PNGReader(bytes, file: file).image()
    } else if bytes.starts(with: NPYHeader.magic) {
      self = try Image(NumberArray(npy: bytes, file: file), file: file)
    } else if NetpbmReader.isNetpbm(bytes) {
      self = try NetpbmReader(bytes, file: file).image()
    } else {
      let found = ForeignImage(bytes, file: file)
      throw FormatError.bytes(
        file: file, offset: 0, expected: "an image in PNG, PBM, PGM, PPM, PAM or NPY",
        found: found.name, remedy: found.remedy)
    }
  }

  /// The error for an image of a size that cannot be.
  static func implausible(
    file: String, offset: Int, height: Int, width: Int, channels: Int
  ) -> FormatError {
    let isEmpty = height < 1 || width < 1
    return .bytes(
      file: file, offset: offset,
      expected: "at least one pixel and at most \(NumberText.grouped(largest)) numbers",
      found: "\(width) × \(height) pixels"
        + (isEmpty ? "" : ", of up to \(Words.count(channels, "number")) each"),
      remedy: isEmpty
        ? InflateError.damaged
        : "Make it smaller, for example with 'magick large.png -resize 4096x4096 small.png'.")
  }
}
