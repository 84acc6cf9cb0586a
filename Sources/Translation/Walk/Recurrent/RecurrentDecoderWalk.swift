package import DragomanModels

/// The way through a recurrent decoder.
package struct RecurrentDecoderWalk: Sendable {
  /// Its choices.
  package let configuration: RecurrentDecoderConfiguration
  /// kᵢ, `[S, K]`, where they are a projection of the states.
  package let keys: [[Float]]?
  /// Source positions that the scorer can rate; `nil` is all.
  package let reach: Int?
  /// s₀ of each layer.
  package let start: [WalkState]
  /// What it did for each token.
  package let steps: [Step]
  /// How the loss changes with these numbers, if that was asked for.
  package let gradients: Gradients?

  /// What it does for one token.
  package struct Step: Sendable {
    /// c_{t−1} or h̃_{t−1}, where one of them is fed.
    package let fed: [Float]?
    /// The layers from the bottom to the top; the input of the first one is the word vector of y_{t−1}.
    package let layers: [WalkCell]
    /// s_t, `[H]`: the top layer's output, by which attention asks.
    package let state: [Float]
    /// q_t, `[K]`, where it is a projection of the state.
    package let query: [Float]?
    /// C_t, `[S]`, with coverage.
    package let coverage: [Float]?
    /// e_t, `[S]`.
    package let scores: [Float]
    /// β_t, with a gate.
    package let gate: Float?
    /// c_t, `[D]`, the gate's say in it.
    package let context: [Float]
    /// h̃_t, `[H]`, with attentional feeding.
    package let attentional: [Float]?
    /// What the layer below the projection makes, if there is one.
    package let deep: [Float]?
  }

  /// How the loss changes with the numbers of the way.
  package struct Gradients: Sendable {
    /// ∂c, `[T, D]`.
    package let contexts: [[Float]]
    /// ∂α, `[T, S]`.
    package let weights: [[Float]]
    /// ∂e, `[T, S]`.
    package let scores: [[Float]]
    /// ∂q, `[T, K_q]`: what attention's question gets, which is the state's where that is the query itself.
    package let queries: [[Float]]
    /// ∂k, `[S, K]`, where keys are a projection of the states.
    package let keys: [[Float]]?
    /// ∂v, and ∂w with coverage, `[A]` each; of a scorer that has them.
    package let vectors: [[Float]]
    /// ∂h of each layer, `[T, H]`.
    package let layers: [[[Float]]]
  }
}
