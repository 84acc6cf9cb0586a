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

  /// Takes the image of a file, or one after the other if it holds an array of images, each with its name.
  package static func forEachImage(
    path: String, _ body: (_ name: String, _ image: Image) throws -> Void
  ) throws {
    guard Self.isStack(path) else { return try body(path, try Image(path: path)) }
    let stack = try ImageStack(ArrayFile(path: path))
    for index in 0..<stack.count { try body(stack.name(at: index), try stack.image(at: index)) }
  }

  /// Whether a file holds an array of images: safetensors and NPZ do, and an NPY of four axes.
  package static func isStack(_ path: String) -> Bool {
    if path.hasSuffix(".npz") || path.hasSuffix(".safetensors") { return true }
    guard path.hasSuffix(".npy"), let array = try? ArrayFile(path: path).array(named: "images")
    else { return false }
    return array.shape.count == 4
  }
}
