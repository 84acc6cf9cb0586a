import DragomanFormats
import DragomanImages
import DragomanLayers
package import DragomanModels
import DragomanTranslation

extension ConfigurationAdvice {
  /// Chooses settings for a classifier of images.
  ///
  /// - Parameters:
  ///   - profile: what the images are like.
  ///   - classes: their classes.
  ///   - family: what reads, an encoder of images.
  ///   - isAsked: whether somebody said that these are classes.
  package init(
    images profile: ImageProfile, _ classes: ClassProfile,
    family: EncoderConfiguration.Kind = .convolutional, isAsked: Bool
  ) {
    self.init(classes: classes, amount: .images(classes.examples), isAsked: isAsked)
    let size = Size(pairs: classes.examples)
    let isVision = family == .vision
    let side = chooseSize(profile, isVision)
    chooseChannels(profile)
    settings.set(\.training.batchImages, to: size.pick(32, 64, 64, 128))
    settings.set(\.training.optimizer.kind, to: .adamw)
    if isVision {
      choosePatches(side, size)
      chooseTraining(classes, epochs: size.epochs(100, of: 1200, atMost: 150), rate: 0.003)
      settings.set(\.training.optimizer.weightDecay, to: 0.05)
      // It learns slowly, and then fast: the cosine has to come to its end.
      settings.set(\.training.patience, to: nil)
    } else {
      chooseStages(side)
      chooseTraining(classes, epochs: size.epochs(30, of: 1200, atMost: 60), rate: 0.003)
    }
    setWarmup(settings.value.training)
  }

  /// The longer side that images are computed at, at the most: what these encoders read in minutes.
  private static let longest = 64

  /// Keeps small images as they are, and makes large ones smaller; a size for patches can be divided.
  ///
  /// - Returns: the size.
  private mutating func chooseSize(
    _ profile: ImageProfile, _ isVision: Bool
  ) -> (height: Int, width: Int) {
    let (height, width) = (profile.height, profile.width)
    let isKept =
      profile.isUniform && max(height, width) <= Self.longest
      && (!isVision || Self.patch(height, width) != nil)
    var side = (height: height, width: width)
    if !isKept {
      let scale = min(1, Double(Self.longest) / Double(max(height, width)))
      func rounded(_ length: Int) -> Int { max(Int((scale * Double(length) / 4).rounded()), 1) * 4 }
      side = (rounded(height), rounded(width))
      if profile.isIrregular { settings.set(\.data.images.fit, to: .pad) }
    }
    let shift = max(min(side.height, side.width) / 12, 1)
    settings.set(\.data.images.height, to: side.height)
    settings.set(\.data.images.width, to: side.width)
    settings.set(\.data.images.augment.shift, to: shift)
    reasons.append(
      "data.images: \(side.height) × \(side.width) pixels, "
        + (isKept
          ? "as they are" : "from \(height) × \(width) of the one in the middle")
        + (!isKept && profile.isIrregular ? ", with margins where proportions are others" : "")
        + "; training moves them by up to \(shift), and mirrors none, which might change the class")
    return side
  }

  /// States channels where images have not all as many: the colours if there are any, no alpha.
  private mutating func chooseChannels(_ profile: ImageProfile) {
    guard profile.channels.count > 1 else { return }
    let channels = profile.channels.contains { $0 > 2 } ? 3 : 1
    settings.set(\.data.images.channels, to: channels)
    reasons.append(
      "data.images.channels: \(channels), since some images have \(Words.list(profile.channels.map { "\($0)" }))"
    )
  }

  /// The side of patches that divide an image into about seven along its longer side, the larger of two that do as
  /// well; `nil` if none divides it.
  private static func patch(_ height: Int, _ width: Int) -> Int? {
    let long = Double(max(height, width))
    return (2...16).reversed()
      .filter { height.isMultiple(of: $0) && width.isMultiple(of: $0) }
      .min { abs(long / Double($0) - 7) < abs(long / Double($1) - 7) }
  }

  private mutating func choosePatches(_ side: (height: Int, width: Int), _ size: Size) {
    let patch = Self.patch(side.height, side.width) ?? 4
    let (width, layers) = size.pick((64, 3), (64, 4), (128, 6), (192, 8))
    settings.set(\.classifier.encoder, \VisionEncoderConfiguration.patch, to: patch)
    settings.set(\.classifier.encoder, \VisionEncoderConfiguration.width, to: width)
    settings.set(\.classifier.encoder, \VisionEncoderConfiguration.layers, to: layers)
    settings.set(\.classifier.encoder, \VisionEncoderConfiguration.heads, to: 4)
    settings.set(\.classifier.encoder, \VisionEncoderConfiguration.inner, to: 2 * width)
    settings.set(\.classifier.pooling, to: .cls)
    settings.set(\.classifier.dropout, to: ClassifierDropout(0))
    reasons.append(
      "model: vision transformer, patches of \(patch) × \(patch), \(layers) layers of width \(width), 4 heads, inner "
        + "\(2 * width), no dropout, as asked for; convolutions learn faster from few images")
  }

  /// Pairs of convolutions, the second with squeeze-and-excitation and a way past, until few places are left.
  private mutating func chooseStages(_ side: (height: Int, width: Int)) {
    var length = min(side.height, side.width)
    // Large images have many places, which narrow stages read first.
    var channels = length > 40 ? 16 : 32
    var stages: [ConvolutionalStageConfiguration] = []
    while stages.count < 4 || length >= 7 && stages.count < 10 {
      var first = ConvolutionalStageConfiguration()
      first.channels = channels
      var second = first
      (second.squeeze, second.residual) = (8, true)
      if length >= 7 {
        second.pool = .maximum
        length /= 2
      }
      stages += [first, second]
      channels = min(2 * channels, 128)
    }
    settings.set(\.classifier.encoder, \ConvolutionalEncoderConfiguration.stages, to: stages)
    // Of 4 × 4 places the mean was two points better than attention (digits), of 6 × 6 nine points worse (scenes).
    let isMean = length < 5
    settings.set(\.classifier.pooling, to: isMean ? .mean : .attention)
    reasons.append(
      "model: convolutions of \(Words.list(stages.map { "\($0.channels)" })) channels, every second one with "
        + "squeeze-and-excitation and a way past, until \(length) places a side are left; pooling by "
        + (isMean
          ? "their mean, since they are few" : "attention, whose weights say where it looked"))
  }
}
