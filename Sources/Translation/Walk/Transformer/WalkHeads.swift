import DragomanLayers
import DragomanTensor

/// What queries saw through several heads.
package struct WalkHeads: Sendable {
  /// q, `[N, D]`.
  package let queries: [[Float]]
  /// k of every position, `[M, D]`.
  package let keys: [[Float]]
  /// v of every position, `[M, D]`.
  package let values: [[Float]]
  /// For each query, what each head saw.
  package let views: [[WalkView]]
  /// r of all heads side by side, `[N, D]`.
  package let results: [[Float]]
}

/// What a head saw for one query.
package struct WalkView: Sendable, Equatable {
  /// The positions that the query sees.
  package let seen: Range<Int>
  /// e at these positions, or ∂e.
  package let scores: [Float]
  /// α at these positions, or ∂α.
  package let weights: [Float]
}

extension WalkView {
  /// What each head of each query saw, of numbers of all heads side by side, `[N, h·S]`, and `sources` positions.
  static func views(
    _ heads: AttentionHeads, sources: Int, scores: [[Float]], weights: [[Float]]
  ) -> [[WalkView]] {
    zip(scores, weights).enumerated().map { query, row in
      let seen = heads.seen(by: query, queries: scores.count, sources: sources)
      return (0..<heads.count).map { head in
        let columns = (head * sources + seen.lowerBound)..<(head * sources + seen.upperBound)
        return WalkView(
          seen: seen, scores: Array(row.0[columns]), weights: Array(row.1[columns]))
      }
    }
  }
}

extension WalkHeads {
  /// What self-attention did, the parameters of which begin with `name`.
  init(_ heads: AttentionHeads, own name: String, _ layers: RecordedLayers) {
    let projected = layers.gave("\(name).queryKeyValue.weight")
    let width = (projected.first?.count ?? 0) / 3
    self.init(
      heads, name, queries: projected.map { Array($0[..<width]) },
      memory: projected.map { Array($0[width...]) }, layers)
  }

  /// What attention to the source did, the parameters of which begin with `name`.
  init(_ heads: AttentionHeads, source name: String, _ layers: RecordedLayers) {
    self.init(
      heads, name, queries: layers.gave("\(name).query.weight"),
      memory: layers.gave("\(name).keyValue.weight"), layers)
  }

  private init(
    _ heads: AttentionHeads, _ name: String, queries: [[Float]], memory: [[Float]],
    _ layers: RecordedLayers
  ) {
    let width = (memory.first?.count ?? 0) / 2
    self.queries = queries
    keys = memory.map { Array($0[..<width]) }
    values = memory.map { Array($0[width...]) }
    let output = "\(name).output.weight"
    views = WalkView.views(
      heads, sources: memory.count, scores: layers[Recorder.Value.headScores, output],
      weights: layers[Recorder.Value.headWeights, output])
    results = layers.read(output)
  }
}
