import DragomanFormats
import DragomanImages
import DragomanPages
import DragomanTranslation

/// The image on the page of a walk.
extension WalkSheet {
  /// The image as it is and as the model reads it.
  func station(of image: WalkImage) -> HTML {
    let grid = image.numbers
    let channels = (0..<grid.channels).map { channel in
      "(\(number(image.normalization.mean[channel])), \(number(image.normalization.deviation[channel])))"
    }
    let picture = image.image.hasAlpha ? image.image.withChannels(3) : image.image
    return station(
      "image", "Image",
      note:
        "The image is brought to \(grid.height) × \(grid.width) pixels; of each of its \(grid.channels) "
        + "channels the mean μ is taken, and the rest is divided by the deviation σ.",
      [
        HTML(
          .img,
          [
            .class("picture"), .picture(png: PNGWriter.bytes(of: picture)),
            .alternative(image.name),
          ]),
        .facts([
          ("file", .foreign(image.name)),
          ("(μ, σ) of the channels", .text(channels.joined(separator: "  "))),
        ]), equation(["x = (pixel / 255 − μ) / σ"]),
        WalkGridPictures(grids: 1).html("x", "x", grid),
      ])
  }

  /// A number for each part of an image, on the image.
  func looks(
    at image: WalkImage, _ values: [Float], _ name: String, note: String = "the brighter the more"
  ) -> HTML {
    let own = image.hasClass ? Array(values.dropFirst()) : values
    return Mosaic.looks(
      name, kind: "picture", at: image.image, height: image.places.height,
      width: image.places.width, [own]
    ).html(.text(name), note: note)
  }

  private func number(_ value: Float) -> String { ExactNumber.short(Double(value)) }
}
