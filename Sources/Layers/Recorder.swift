package import DragomanTensor

/// Keeps copies of values that a pass computes on its way and does not return, for whoever wants to see them.
///
/// A pass usually has none, and then nothing is copied.
package final class Recorder {
  /// A value; its rows are kept in the order in which they were computed.
  package enum Value: Hashable, Sendable {
    /// e, before the softmax.
    case scores
    /// ∂c, all shares of it.
    case contextGradient
    /// ∂α, that of later coverages included.
    case weightGradient
    /// ∂e.
    case scoreGradient
    /// ∂q, what the rating sends to the query.
    case queryGradient
    /// ∂k, all shares of it, where keys are a projection of the encoder's states.
    case keyGradient
    /// The gradients of the scorer's vectors side by side: ∂v, or ∂v and ∂w.
    case vectorGradient
    /// ∂h of the layer that has this W_ih: from what reads its output and from the step after it.
    case stateGradient(Parameter)
    /// ∂hᵢ of the encoder's top states, from attention and from a first state that is their mean.
    case encodedGradient
    /// ∂x of the source's word vectors, or of the rows that an image is made.
    case embeddedGradient
    /// x, what the linear layer or the norm that has this W or γ read.
    case read(Parameter)
    /// y, what the linear layer or the norm that has this W or γ gave.
    case gave(Parameter)
    /// The rows of this X that were looked up: where both sides share it, those of the source first.
    case embedded(Parameter)
    /// The rows that positions are added to: √D times those of tokens, or those of patches.
    case scaled
    /// ρ, the positions.
    case positions
    /// The sum of these two.
    case placed
    /// e of all heads side by side, `[N, h·S]`, of the attention that has this W_O; of what no query sees as well.
    case headScores(Parameter)
    /// α of all heads side by side, of the attention that has this W_O.
    case headWeights(Parameter)
    /// ∂α of all heads side by side, of the attention that has this W_O.
    case headWeightGradient(Parameter)
    /// ∂e of all heads side by side, of the attention that has this W_O.
    case headScoreGradient(Parameter)
    /// ∂s, what the readout sends to a Transformer's decoder; ∂u, what the projection of a classifier sends to its
    /// pooling.
    case featureGradient
    /// g, the share that each channel keeps, of the squeeze-and-excitation that has this W₂.
    case factors(Parameter)
    /// What a part without parameters gave, of the images after the convolution that has this W.
    case part(Part, Parameter)
  }

  /// A part of a convolutional encoder's way.
  package enum Part: Hashable, Sendable {
    /// φ of what came out of the convolution or its normalisation.
    case activated
    /// x ⊙ g, after squeeze-and-excitation.
    case weighed
    /// The sum of what a stage reads and of what it makes.
    case added
    /// Behind the attention of pixels and its network.
    case attended
    /// Behind pooling.
    case pooled
    /// v of all heads side by side, `[N, C]`, of the attention whose W_O this is.
    case values
    /// r of all heads side by side, `[N, C]`, likewise.
    case result
    /// pe, likewise.
    case term
  }

  private var rows: [Value: [[Float]]] = [:]

  /// A recorder without values.
  package init() {}

  /// Keeps a copy of the rows of a matrix after those that came before.
  package func add(_ value: Value, _ matrix: Matrix) {
    let columns = matrix.columns
    let elements = matrix.elements
    rows[value, default: []] += (0..<matrix.rows).map {
      Array(elements[($0 * columns)..<(($0 + 1) * columns)])
    }
  }

  /// The rows kept so far.
  package subscript(value: Value) -> [[Float]] { rows[value] ?? [] }
}
