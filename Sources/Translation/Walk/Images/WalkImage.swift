package import DragomanImages
import DragomanModels

/// An image on its way to numbers.
package struct WalkImage: Sendable {
  /// Its file, as it was given.
  package let name: String
  /// The image in the size of the model, not normalised yet.
  package let image: Image
  /// What is taken from each channel, and what it is divided by then.
  package let normalization: Normalization
  /// What the model reads.
  package let numbers: WalkGrid
  /// Lines and columns of the vectors that come out of the encoder, but for a row of the class.
  package let places: (height: Int, width: Int)
  /// Whether a row for the whole image comes first.
  package let hasClass: Bool

  /// What each vector of the encoder stands for: `[cls]`, or line and column of a place, counted from 1.
  package var rowNames: [String] {
    (hasClass ? ["[cls]"] : [])
      + (0..<places.height).flatMap { line in
        (0..<places.width).map { "\(line + 1)·\($0 + 1)" }
      }
  }
}

extension WalkImage {
  /// The image of a file as a model reads it, and the numbers that it reads.
  ///
  /// Throws what reading an image throws, and a ``WalkError`` for a file of several.
  ///
  /// - Parameters:
  ///   - path: the file; of a file with several images one of them, as ``NumberedExample`` names it.
  ///   - name: what the image is called.
  ///   - preparation: what is done to it.
  ///   - places: lines and columns of the vectors that come out of the encoder.
  ///   - hasClass: whether a row for the whole image comes first.
  static func read(
    _ path: String, named name: String, _ preparation: ImagePreparation,
    places: (height: Int, width: Int)?, hasClass: Bool
  ) throws -> (image: WalkImage, source: Source) {
    let shape = preparation.shape
    let image = ImagePreparation.fitted(try Self.image(path), to: shape, preparation.fit)
    let numbers = preparation.numbers(of: image)
    let grid = WalkGrid(
      height: shape.height, width: shape.width,
      rows: (0..<(shape.height * shape.width)).map {
        Array(numbers[($0 * shape.channels)..<(($0 + 1) * shape.channels)])
      })
    return (
      WalkImage(
        name: name, image: image, normalization: preparation.normalization, numbers: grid,
        places: places ?? (shape.height, shape.width), hasClass: hasClass),
      .images(numbers, shape)
    )
  }

  private static func image(_ path: String) throws -> Image {
    let example = NumberedExample(path)
    guard ImageStack.isStack(example.path) else { return try Image(path: path) }
    let stack = try ImageStack(ArrayFile(path: example.path))
    return try stack.image(at: try example.place(among: stack.count))
  }
}

/// The numbers of an image, or of what a layer makes of it.
package struct WalkGrid: Sendable, Equatable {
  /// Lines.
  package let height: Int
  /// Pixels of a line.
  package let width: Int
  /// C numbers for each pixel, line by line, `[H·W, C]`.
  package let rows: [[Float]]

  /// Numbers of an image with so many lines and columns.
  package init(height: Int, width: Int, rows: [[Float]]) {
    precondition(rows.count == height * width, "\(rows.count) rows for \(height) × \(width) pixels")
    (self.height, self.width, self.rows) = (height, width, rows)
  }

  /// C.
  package var channels: Int { rows.first?.count ?? 0 }

  /// Some of the channels.
  package func channels(_ range: Range<Int>) -> WalkGrid {
    WalkGrid(height: height, width: width, rows: rows.map { Array($0[range]) })
  }

  /// The pixels of each square of `side` × `side`, line by line: what patches hold.
  package func patches(of side: Int) -> [[Float]] {
    var patches: [[Float]] = []
    for line in 0..<(height / side) {
      for column in 0..<(width / side) {
        var patch: [Float] = []
        for y in 0..<side {
          let start = (line * side + y) * width + column * side
          patch += rows[start..<(start + side)].joined()
        }
        patches.append(patch)
      }
    }
    return patches
  }
}
