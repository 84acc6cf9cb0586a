import DragomanImages
package import DragomanTranslation

/// What the images of a corpus are like, as far as it matters for choosing a model for them.
package struct ImageProfile: Sendable, Equatable {
  /// Lines of the images that were looked at, the fewest first.
  private(set) var heights: [Int] = []
  /// Pixels of a line, likewise.
  private(set) var widths: [Int] = []
  /// Channels that occur, the fewest first.
  private(set) var channels: [Int] = []
  /// Whether proportions differ by more than a tenth.
  private(set) var isIrregular = false

  /// Images that are looked at: enough to know their sizes.
  private static let most = 200

  /// Looks at some of the images of a list, at equal distances.
  ///
  /// - Throws: ``ClassificationError/image(place:reason:)``, or what is wrong with an array.
  package init(_ list: ExampleList, _ configuration: ImageDataConfiguration) throws {
    let count = list.corpus.count
    let looked = min(count, Self.most)
    var proportions: [Double] = []
    try list.forEachImage(configuration, of: Set((0..<looked).map { $0 * count / looked })) {
      image in
      heights.append(image.height)
      widths.append(image.width)
      if !channels.contains(image.channels) { channels.append(image.channels) }
      proportions.append(Double(image.width) / Double(image.height))
    }
    heights.sort()
    widths.sort()
    channels.sort()
    if let least = proportions.min(), let greatest = proportions.max() {
      isIrregular = greatest > 1.1 * least
    }
  }

  /// Whether all have the same size.
  var isUniform: Bool { heights.first == heights.last && widths.first == widths.last }
  /// Lines of the image in the middle.
  var height: Int { heights.isEmpty ? 1 : heights[heights.count / 2] }
  /// Pixels of a line of that.
  var width: Int { widths.isEmpty ? 1 : widths[widths.count / 2] }
}
