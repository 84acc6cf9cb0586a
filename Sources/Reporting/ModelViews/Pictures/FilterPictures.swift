import DragomanFormats
import DragomanModels
import DragomanPages

/// The filters of a model that reads images, and which positions of patches it takes for alike, as pictures.
struct FilterPictures {
  /// Filters that are shown.
  private static let most = 256
  /// Patches whose positions are compared.
  private static let mostPlaces = 256

  let filters: ImageFilters

  /// All filters: in colours where an image has three channels, otherwise a picture for each channel.
  var html: HTML {
    let shown = Array(filters.weights.prefix(Self.most))
    let count = "\(filters.weights.count) filters of \(filters.side) × \(filters.side) pixels"
    var note =
      filters.channels == 3
      ? "\(count); grey is 0, what is brighter counts for and what is darker against, each filter by its own "
        + "greatest weight"
      : "\(count), for each a picture of every channel; blue is above 0, orange below"
    if shown.count < filters.weights.count { note += "; the first \(shown.count)" }
    return mosaic(shown).html(HTML(.code, .text(filters.name)), note: note)
  }

  private func mosaic(_ shown: [[Float]]) -> Mosaic {
    guard filters.channels == 3 else {
      let channels = shown.flatMap { weights in
        (0..<filters.channels).map { channel in
          stride(from: channel, to: weights.count, by: filters.channels).map { weights[$0] }
        }
      }
      let greatest = shown.joined().lazy.filter(\.isFinite).map(\.magnitude).max() ?? 0
      return .shades(
        filters.name, kind: "picture", height: filters.side, width: filters.side, channels,
        greatest: greatest,
        columns: filters.channels > 1 ? 16 / filters.channels * filters.channels : nil)
    }
    return Mosaic(
      name: filters.name, kind: "filter",
      cells: Mosaic.Cells(height: filters.side, width: filters.side), scale: 1,
      tiles: shown.map { Mosaic.Tile(pixels: Self.colours($0), values: []) })
  }

  /// Weights of red, green and blue as colours around grey.
  private static func colours(_ weights: [Float]) -> [UInt8] {
    let greatest = max(
      weights.lazy.filter(\.isFinite).map(\.magnitude).max() ?? 0, .leastNormalMagnitude)
    var pixels: [UInt8] = []
    for start in stride(from: 0, to: weights.count - 2, by: 3) {
      for channel in 0..<3 {
        let weight = weights[start + channel]
        pixels.append(weight.isFinite ? UInt8(127.5 + 127 * weight / greatest) : 0)
      }
      pixels.append(255)
    }
    return pixels
  }

  /// For each patch how alike its position is to that of every patch: the cosine of their vectors, as a picture at its
  /// place.
  static func positions(_ vectors: [[Float]], width: Int) -> HTML {
    guard width > 0, vectors.count <= mostPlaces else { return .nothing }
    let units = vectors.map { vector in
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return norm > 0 ? vector.map { $0 / norm } : vector
    }
    let cosines = units.map { one in
      units.map { other in zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    return Mosaic.shades(
      "likeness of positions", kind: "patch", height: vectors.count / width, width: width, cosines,
      greatest: 1, columns: width
    ).html(
      HTML(.code, "encoder.positions"),
      note: "for each patch, at its place, the cosine of its position with that of every patch")
  }
}
