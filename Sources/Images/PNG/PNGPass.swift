/// A picture within a PNG, whose pixels stand at equal distances in the whole: all of it, or one of the seven of Adam7.
///
/// PNG specification (third edition), section 8.1.
struct PNGPass {
  /// Its rows and columns; none in the passes of small images.
  let (height, width): (Int, Int)
  /// Where its first pixel stands in the whole.
  let (top, left): (Int, Int)
  /// From one of its rows and columns to the next.
  let (down, right): (Int, Int)
  /// Bytes of one of its rows, without the one that names the filter.
  let rowBytes: Int

  /// The passes of an image, in the order of the file.
  static func all(_ header: PNGHeader) -> [PNGPass] {
    let adam7 = [
      (0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
      (1, 0, 2, 1),
    ]
    return (header.isInterlaced ? adam7 : [(0, 0, 1, 1)]).map { PNGPass($0, header) }
      .filter { $0.height > 0 && $0.width > 0 }
  }

  private init(_ place: (top: Int, left: Int, down: Int, right: Int), _ header: PNGHeader) {
    (top, left, down, right) = (place.top, place.left, place.down, place.right)
    height = (header.height - top + down - 1) / down
    width = (header.width - left + right - 1) / right
    rowBytes = (width * header.pixelBits + 7) / 8
  }

  /// Its bytes in the file, unpacked.
  var bytes: Int { height * (rowBytes + 1) }
}
