import DragomanFormats
import DragomanImages
import DragomanPages

/// Small pictures of one size beside each other, whose numbers the page's script tells: the channels of an image,
/// heads, filters.
///
/// All of them are one PNG within the page. A picture consists of cells, each with a number; a cell may be several
/// pixels wide.
struct Mosaic {
  /// A picture and the numbers of its cells.
  struct Tile {
    /// Red, green, blue and alpha of each pixel, 0 to 255, line by line.
    let pixels: [UInt8]
    /// A number for each cell, line by line; none where there is nothing to be told.
    let values: [Float]
  }

  /// Lines and columns of cells of a picture.
  struct Cells: Equatable {
    let height: Int
    let width: Int
  }

  /// What the script calls a number, before the number of its tile.
  let name: String
  /// What a tile is: `channel`, `head`, `filter`.
  let kind: String
  /// Cells of a tile.
  let cells: Cells
  /// Pixels for each side of a cell.
  let scale: Int
  /// The tiles.
  let tiles: [Tile]
  /// Tiles of a line; as many as look well if nothing is said.
  var columns: Int?

  /// Transparent pixels between tiles.
  private static let gap = 1
  /// The width that a tile is shown with, if there is room; few are shown larger.
  private var shown: Double { tiles.count <= 8 ? 112 : 72 }
  /// The widest that all of it is shown.
  private static let widest = 960.0

  /// The picture with its caption, whose numbers a script reads.
  ///
  /// That script is ``WalkScript``. What is `below` stands with the picture.
  func html(_ caption: HTML, note: String = "", below: HTML = .nothing) -> HTML {
    guard !tiles.isEmpty, cells.height > 0, cells.width > 0 else { return .nothing }
    let values = tiles.flatMap(\.values)
    let isRead = values.count == tiles.count * cells.height * cells.width
    let image = HTML(
      .img,
      [
        .class("mosaic"), .picture(png: PNGWriter.bytes(of: picture)), .alternative(name),
        .geometry(.width, shownWidth),
      ])
    return HTML(
      .figure, [.class("grid")],
      HTML(
        .figcaption, HTML(.span, [.class("symbol")], caption),
        note.isEmpty ? .nothing : HTML(.small, .text(note))),
      isRead
        ? HTML(
          .div,
          [
            .class("tiles"), .isFocusable, .data("grid", "\(cells.height) \(cells.width)"),
            .data("tile", "\(tileHeight) \(tileWidth)"), .data("columns", "\(perLine)"),
            .data("kind", kind), .data("values", Base64.text(values)), .data("name", name),
          ], image)
        : HTML(.div, [.class("tiles")], image), below)
  }

  /// The numbers themselves, a table for each tile; nothing where there are too many to be read.
  func numbers(atMost most: Int) -> HTML {
    guard tiles.reduce(0, { $0 + $1.values.count }) <= most else { return .nothing }
    return HTML(
      .div, [.class("matrices")],
      children: tiles.enumerated().map { index, tile in
        HTML(
          .table, [.class("matrix"), .label("\(kind) \(index + 1)")],
          HTML(
            .tbody,
            children: (0..<cells.height).map { line in
              HTML(
                .tr,
                children: (0..<cells.width).map { column in
                  HTML(
                    .td, [.class("number")],
                    ExactNumber.html(tile.values[line * cells.width + column]))
                })
            }))
      })
  }

  /// How often each pixel is repeated, so that the gap between small tiles is not as wide as they are.
  private var repeats: Int { max(1, 24 / max(cells.height * scale, cells.width * scale)) }
  private var tileHeight: Int { cells.height * scale * repeats }
  private var tileWidth: Int { cells.width * scale * repeats }
  private var perLine: Int {
    min(tiles.count, columns ?? (tiles.count <= 12 ? 12 : tiles.count <= 32 ? 8 : 16))
  }
  private var lines: Int { (tiles.count + perLine - 1) / perLine }

  /// Whole multiples of the pixels look best; all of it stays on the page.
  private var shownWidth: Double {
    let own = Double(perLine * (tileWidth + Self.gap) - Self.gap)
    let factor = max((shown / Double(tileWidth)).rounded(), 1)
    return min(own * factor, max(Self.widest, own))
  }

  /// All tiles.
  private var picture: Image {
    let height = lines * (tileHeight + Self.gap) - Self.gap
    let width = perLine * (tileWidth + Self.gap) - Self.gap
    var bytes = [UInt8](repeating: 0, count: height * width * 4)
    for (index, tile) in tiles.enumerated() {
      let top = index / perLine * (tileHeight + Self.gap)
      let left = index % perLine * (tileWidth + Self.gap)
      for line in 0..<tileHeight {
        for column in 0..<tileWidth {
          let from = (line / repeats * cells.width * scale + column / repeats) * 4
          let to = ((top + line) * width + left + column) * 4
          for place in 0..<4 { bytes[to + place] = tile.pixels[from + place] }
        }
      }
    }
    return Image(height: height, width: width, channels: 4, bytes: bytes)
  }
}

extension Mosaic {
  /// Pictures of numbers: blue above 0, orange below, the deeper the greater, `greatest` deepest.
  ///
  /// They are transparent where a number is small, so that they fit a light page as well as a dark one.
  static func shades(
    _ name: String, kind: String, height: Int, width: Int, _ channels: [[Float]], greatest: Float,
    columns: Int? = nil
  ) -> Mosaic {
    Mosaic(
      name: name, kind: kind, cells: Cells(height: height, width: width), scale: 1,
      tiles: channels.map { values in
        Tile(pixels: values.flatMap { shade($0, of: greatest) }, values: values)
      }, columns: columns)
  }

  /// The colour of a number: the middle between those that light and dark pages have for lines.
  private static func shade(_ value: Float, of greatest: Float) -> [UInt8] {
    guard value.isFinite, greatest > 0 else { return [128, 128, 128, 20] }
    let share = min(value.magnitude / greatest, 1)
    let alpha = UInt8(20 + 235 * share)
    return value >= 0 ? [36, 132, 212, alpha] : [222, 112, 24, alpha]
  }

  /// An image once for each head, opaque where that looked most; `weights` are the shares of `height` × `width` parts.
  static func looks(
    _ name: String, kind: String, at image: Image, height: Int, width: Int, _ weights: [[Float]]
  ) -> Mosaic {
    let looked = AttendedImage(image, height: height, width: width)
    return Mosaic(
      name: name, kind: kind, cells: Cells(height: height, width: width), scale: looked.scale,
      tiles: weights.map { Tile(pixels: looked.pixels($0), values: $0) })
  }
}
