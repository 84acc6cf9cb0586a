import DragomanFormats
import DragomanImages
import DragomanTranslation

/// What equal examples have in common, and others by no chance that anybody meets: two checksums and the size.
///
/// Names do not tell, since one picture may be in two files, and an example of an array has no name of its own.
enum ExampleIdentity {
  /// That of rows of features.
  static func text(of rows: [Float]) -> String {
    text(of: rows, "\(rows.count)") { $0.add(floats: $1) }
  }

  /// That of the pixels of an image.
  static func text(of image: Image) -> String {
    text(of: image.bytes, "\(image.height)×\(image.width)×\(image.channels)") { $0.add($1) }
  }

  /// The checksum of what an example consists of, from its beginning and from its end, and its size.
  private static func text<Part>(
    of parts: [Part], _ size: String, _ add: (inout Checksum, [Part]) -> Void
  ) -> String {
    var (forward, backward) = (Checksum(), Checksum())
    add(&forward, parts)
    add(&backward, parts.reversed())
    return "\(forward.text)\(backward.text) \(size)"
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
