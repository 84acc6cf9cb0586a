package import DragomanLayers
package import DragomanModels
import DragomanSystem

/// One example's way through a classifier: every number that leads from a text, an image or rows of features to its
/// class.
///
/// The numbers are those of the model's own passes, as in a ``Walk``; the gradients are those of
/// training a ``Classifier`` without dropout and smoothing, of the loss L = −log p(class).
package struct ClassificationWalk: Sendable {
  /// What the encoder did: one case for each that a classifier can have.
  package enum Encoder: Sendable {
    /// An encoder of texts or of rows of features.
    case sequence(WalkEncoder)
    /// Patches and layers of self-attention.
    case vision(VisionEncoderWalk)
    /// Convolutions.
    case convolutional(ConvolutionalEncoderWalk)
  }

  /// The architecture.
  package let configuration: ClassifierConfiguration
  /// The names of the classes.
  package let labels: [String]
  /// What is read.
  package let example: WalkExample
  /// What the encoder did.
  package let encoder: Encoder
  /// hᵢ, `[S, D]`: what pooling reads.
  package let states: [[Float]]
  /// How they became one.
  package let pooling: WalkPooling
  /// How much each vector counted as `dragoman classify` shows it; `nil` if nothing weighs them.
  package let seen: [Float]?
  /// ℓ, a number for each class.
  package let logits: [Float]
  /// The class whose loss is taken: the one that was given, or the most probable one.
  package let target: Int
  /// Whether the class was given.
  package let isForced: Bool
  /// −log p of that class, in nats.
  package let loss: Float
  /// How the loss changes with the numbers of the way, if that was asked for.
  package let gradients: ClassificationWalkGradients?

  /// p of a class.
  package func probability(of label: Int) -> Double {
    exponential(Double(logits[label]) - Double(loss) - Double(logits[target]))
  }

  /// The classes, the most probable first; of equal ones the one that the file names first.
  package var ranking: [Int] {
    logits.indices.sorted { (-logits[$0], $0) < (-logits[$1], $1) }
  }

  /// The most probable class.
  package var best: Int { ranking[0] }
}

/// How a classifier's vectors became one.
package struct WalkPooling: Sendable {
  /// In which way.
  package let kind: RowPoolingKind
  /// e_i, of pooling by attention.
  package let scores: [Float]?
  /// α_i, likewise.
  package let weights: [Float]?
  /// u, `[D]`: what the projection reads.
  package let pooled: [Float]
}

/// How the loss of an example changes with the numbers of its way.
package struct ClassificationWalkGradients: Sendable {
  /// ∂ℓ: p − onehot(class).
  package let logits: [Float]
  /// ∂u, `[D]`.
  package let pooled: [Float]
  /// ∂α and ∂e of pooling by attention.
  package let weights: (weights: [Float], scores: [Float])?
  /// ∂h, `[S, D]`: what pooling sends to each vector.
  package let states: [[Float]]
  /// ∂x of the word vectors, `[S, E]`, or of patches in their places, `[S, D]`; none of convolutions.
  package let embeddings: [[Float]]
  /// The norm of each parameter and of its gradient, in the order of the layout, without running statistics.
  package let parameters: [(name: String, shape: [Int], norm: Double, gradient: Double)]

  /// The norm of the gradients of all parameters.
  package var norm: Double {
    parameters.reduce(0) { $0 + $1.gradient * $1.gradient }.squareRoot()
  }
}
