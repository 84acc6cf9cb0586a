import DragomanPages
import DragomanTranslation

/// An encoder of images on the page of a caption's walk.
struct ImageEncoderSection: WalkEncoderSection {
  private let walk: Walk
  private let page: WalkPage

  /// The section of a walk that begins with an image.
  init(_ walk: Walk, on page: WalkPage) { (self.walk, self.page) = (walk, page) }

  /// The station of the encoder, after that of the patches if there are any.
  var station: HTML {
    guard let image = walk.image else { return .nothing }
    return switch walk.encoder {
    case .vision(let encoder, _):
      .group(VisionEncoderSection(encoder, image, on: page).stations)
    case .convolutional(let encoder, _):
      ConvolutionalEncoderSection(encoder, image, on: page).station
    case .recurrent, .transformer, .features: .nothing
    }
  }

  /// How much each region matters, on the image.
  var gradients: [HTML] {
    guard let image = walk.image, let gradients = walk.gradients else { return [] }
    let lengths = gradients.states.map { Float(WalkPage.norm($0)) }
    return [
      HTML(.h3, "How much each region matters: the length of the gradient that arrives there"),
      page.looks(at: image, lengths, "‖∂h‖"),
    ]
  }
}
