import DragomanLayers
package import DragomanModels
import DragomanSystem
package import DragomanTensor

/// Times training steps of a vision transformer on random images: patches of 4 × 4, a row for the class.
package struct VisionBenchmark: Sendable, Equatable {
  /// The encoder.
  package var encoder: VisionEncoderConfiguration
  /// The size of the images.
  package var image = ImageShape(height: 32, width: 32, channels: 3)
  /// Images of a batch.
  package var images = 128
  /// Classes of the images.
  package var classes = 10

  /// What was found.
  package struct Result: Sendable {
    /// Seconds of a training step.
    package let step: Double
    /// Numbers that are trained.
    package let parameters: Int
    /// Floating-point operations of the products of a step.
    package let operations: Double
    /// Bytes that the process held at most, 0 where the system does not tell.
    package let memory: Int
  }

  /// Six layers of 128 with four heads and an inner width of 512, 128 images of 32 × 32 pixels in three colours.
  package init() {
    encoder = VisionEncoderConfiguration()
    (encoder.width, encoder.layers, encoder.heads, encoder.inner) = (128, 6, 4, 512)
  }

  /// Times so many steps; their median counts.
  package func run(steps: Int, _ kernels: Kernels) -> Result {
    var configuration = ClassifierConfiguration()
    configuration.encoder = .vision(encoder)
    configuration.pooling = .cls
    configuration.dropout = ClassifierDropout(0)
    let model = Classifier(configuration, input: .images(image), classes: classes)
    let update = BenchmarkUpdate(model.layout, kernels)
    var random = Random(seed: 7, stream: 0)
    let pixels = (0..<images * image.count).map { _ in Float(random.below(256)) / 127.5 - 1 }
    let labels = (0..<images).map { _ in Int32(random.below(classes)) }
    let seconds = Timing.median(steps, warmUp: 3) {
      update.workspace.reset()
      update { pass, gradients in
        _ = model.train(
          .images(pixels, image), classes: labels, scale: 1 / Float(images), pass,
          gradients: gradients)
      }
    }
    // Forward, and back to the rows and to the weights.
    let operations = 6 * Double(images) * model.sizes.reduce(0) { $0 + $1.multiplications }
    return Result(
      step: seconds, parameters: model.layout.parameterCount, operations: operations,
      memory: Memory.peak ?? 0)
  }
}
