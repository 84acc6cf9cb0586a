import DragomanFormats
import DragomanImages
import DragomanTranslation

/// What equal examples have in common, and others by no chance that anybody meets: two checksums and the size.
///
/// Names do not tell, since one picture may be in two files, and an example of an array has no name of its own.
enum ExampleIdentity {
  /// That of rows of features.
  static func text(of rows: [Float]) -> String {
    var (forward, backward) = (Checksum(), Checksum())
    forward.add(floats: rows)
    backward.add(floats: rows.reversed())
    return "\(forward.text)\(backward.text) \(rows.count)"
  }

  /// That of the pixels of an image.
  static func text(of image: Image) -> String {
    var (forward, backward) = (Checksum(), Checksum())
    forward.add(image.bytes)
    backward.add(image.bytes.reversed())
    return "\(forward.text)\(backward.text) \(image.height)×\(image.width)×\(image.channels)"
  }
}

extension ExampleList {
  /// Reads all images, which tells those that cannot be read; the identity of each.
  func imageIdentities(_ configuration: ImageDataConfiguration) throws -> [String] {
    var identities: [String] = []
    try forEachImage(configuration) { identities.append(ExampleIdentity.text(of: $0)) }
    return identities
  }
}

extension FeatureExamples {
  /// Reads all rows; the identity of each example.
  func identities() throws -> [String] {
    try (0..<count).map { ExampleIdentity.text(of: try rows(at: $0)) }
  }
}
