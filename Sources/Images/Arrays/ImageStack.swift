import DragomanFormats

/// The images of a file of arrays, `images` `[N, H, W]` or `[N, H, W, C]`, which are read one by one.
package struct ImageStack: Sendable {
  private let array: StoredArray

  /// The images of a file.
  package init(_ file: ArrayFile) throws {
    array = try file.required(
      "images",
      "Save the images under this name, for example with 'numpy.savez(file, images=images, labels=labels)'."
    )
    guard array.shape.count == 3 || array.shape.count == 4 && array.shape[3] <= 4 else {
      throw array.error(
        "the shape [images, height, width] or [images, height, width, channels], 4 channels at most",
        array.shapeWords, "Channels come last; change the order with 'numpy.moveaxis'.")
    }
    guard count > 0 else {
      throw array.error("at least one image", array.shapeWords, "Leave the file out.")
    }
  }

  /// How many there are.
  package var count: Int { array.shape[0] }
  /// An image as messages and results name it.
  package func name(at index: Int) -> String { "\(array.file)[\(index)]" }

  /// An image; floats are shares of 0 to 1.
  package func image(at index: Int) throws -> Image {
    try Image(try array.row(index), file: name(at: index))
  }

  /// The image of a file, or all of them if it holds an array of images in safetensors or NPZ, each with its name.
  package static func images(path: String) throws -> [(name: String, image: Image)] {
    let isStack = path.hasSuffix(".npz") || path.hasSuffix(".safetensors")
    guard isStack else { return [(path, try Image(path: path))] }
    let stack = try ImageStack(ArrayFile(path: path))
    return try (0..<stack.count).map { (stack.name(at: $0), try stack.image(at: $0)) }
  }
}
