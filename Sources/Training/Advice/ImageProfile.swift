import DragomanImages
package import DragomanText
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

  /// Looks at some of the images that the sources of a corpus name, at equal distances.
  ///
  /// - Throws: ``ClassificationError/image(place:reason:)``.
  package init(
    _ corpus: ParallelCorpus, _ configuration: ImageDataConfiguration
  ) throws(ClassificationError) {
    let looked = min(corpus.count, Self.most)
    var proportions: [Double] = []
    for number in 0..<looked {
      let index = number * corpus.count / looked
      let image: Image
      do {
        image = try Image(path: configuration.path(of: ClassLabels.name(corpus.sources[index])))
      } catch {
        throw .image(place: corpus.place(of: index), reason: "\(error)")
      }
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
