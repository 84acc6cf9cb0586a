import DragomanDecoding
import DragomanEvaluation
import DragomanTensor
import DragomanText
import DragomanTranslation

extension TranslationTask {
  /// Sources that a trial translates.
  static let trialSources = 32

  func translationSeconds(_ weights: Parameters, _ kernels: Kernels) -> Double? {
    guard configuration.training.metrics.contains(where: \.needsTranslations),
      let segments = references, !segments.places.isEmpty
    else { return nil }
    let count = min(Self.trialSources, segments.places.count)
    let places = (0..<count).map { segments.places[$0 * segments.places.count / count] }
    // Weights that know nothing end no sentence: translations get the references' mean length.
    let tokens = places.reduce(0) { $0 + data.validation.target.length(at: $1) }
    var decoding = configuration.decoding
    decoding.maximumLength = min(decoding.maximumLength, max((tokens + count - 1) / count, 2))
    decoding.minimumLength = decoding.maximumLength - 1
    let translator = Translator(trained(weights), decoding: decoding, kernels: kernels)
    let sources = places.map { data.validationText[$0].source }
    let seconds = Timing.seconds { _ = translator.translate(sources, .textOnly) }
    return seconds * Double(segments.places.count) / Double(count)
  }
}
