package import DragomanLayers
import DragomanModels

/// Attention of the pixels to each other, as a stage has it.
package enum WalkStageAttention: Sendable {
  /// On all channels.
  case block(WalkAttentionBlock)
  /// On the second half of the channels that `split` makes, between it and `merge`.
  case half(split: WalkUnit, blocks: [WalkAttentionBlock], merge: WalkUnit)

  /// What comes out.
  package var output: WalkGrid {
    switch self {
    case .block(let block): block.output
    case .half(_, _, let merge): merge.output
    }
  }

  /// The blocks.
  package var blocks: [WalkAttentionBlock] {
    switch self {
    case .block(let block): [block]
    case .half(_, let blocks, _): blocks
    }
  }
}

/// Attention of pixels and a network for each of them, with a way past either.
package struct WalkAttentionBlock: Sendable {
  /// The block, as its parameters are named.
  package let name: String
  /// The attention.
  package let attention: WalkPixelAttention
  /// x + attention(x).
  package let attended: WalkGrid
  /// The network's two convolutions.
  package let inner: WalkUnit
  /// The second one.
  package let outer: WalkUnit
  /// What comes out.
  package let output: WalkGrid
}

/// Convolutional attention: what each pixel looked at.
package struct WalkPixelAttention: Sendable {
  /// The attention, as its parameters are named.
  package let name: String
  /// Where positions come from.
  package let positions: ConvolutionalAttentionShape.Positions
  /// The convolution that makes [q | k | v] of each head.
  package let projection: WalkUnit
  /// q of all heads side by side.
  package let queries: WalkGrid
  /// k of all heads side by side.
  package let keys: WalkGrid
  /// v of all heads side by side.
  package let values: WalkGrid
  /// For each pixel, what each head saw.
  package let views: [[WalkView]]
  /// r of all heads side by side.
  package let result: WalkGrid
  /// The depthwise convolution that tells pixels where they stand.
  package let term: WalkUnit
  /// r + pe.
  package let sum: WalkGrid
  /// The convolution on top.
  package let output: WalkUnit

  /// How many heads look.
  package var heads: Int { views.first?.count ?? 0 }

  /// How much a head looked at each pixel, the mean over all that look.
  package func looked(at head: Int) -> [Float] {
    let count = Float(max(views.count, 1))
    return views.indices.map { source in
      views.reduce(0) { $0 + $1[head].weights[source] } / count
    }
  }
}

// MARK: - What was recorded

extension WalkStageAttention {
  /// That of a stage; `nil` if it has none.
  init?(_ name: String, _ stage: ConvolutionalStageConfiguration, _ layers: RecordedGrids) {
    let own = "\(name).attention"
    switch stage.attentionBlock {
    case .none: return nil
    case .values, .output:
      let shape = ConvolutionalAttentionShape(
        channels: stage.channels, heads: stage.heads,
        positions: stage.attentionBlock == .values ? .values : .output, normalization: nil)
      self = .block(
        WalkAttentionBlock(own, shape, output: layers.part(.attended, name), layers))
    case .c2psa:
      let half = stage.channels / 2
      let shape = ConvolutionalAttentionShape(
        channels: half, heads: C2PSA.heads(channels: stage.channels), normalization: nil)
      let merge = layers.unit("\(own).merge", isBent: true)
      let joined = layers.read("\(own).merge")
      self = .half(
        split: layers.unit("\(own).split", isBent: true),
        blocks: [
          WalkAttentionBlock(
            "\(own).0", shape, output: joined.channels(half..<(2 * half)), layers)
        ], merge: merge)
    }
  }
}

extension WalkAttentionBlock {
  fileprivate init(
    _ name: String, _ shape: ConvolutionalAttentionShape, output: WalkGrid, _ layers: RecordedGrids
  ) {
    self.init(
      name: name, attention: WalkPixelAttention("\(name).attention", shape, layers),
      attended: layers.read("\(name).inner"), inner: layers.unit("\(name).inner", isBent: true),
      outer: layers.unit("\(name).outer", isBent: false), output: output)
  }
}

extension WalkPixelAttention {
  fileprivate init(
    _ name: String, _ shape: ConvolutionalAttentionShape, _ layers: RecordedGrids
  ) {
    self.name = name
    positions = shape.positions
    projection = layers.unit("\(name).queryKeyValue", isBent: false)
    let projected = projection.output
    func heads(_ part: (Int) -> Range<Int>) -> WalkGrid {
      layers.grid(
        projected.rows.map { row in (0..<shape.heads).flatMap { row[part($0)] } })
    }
    queries = heads { shape.parts(of: $0).query }
    keys = heads { shape.parts(of: $0).key }
    let output = "\(name).output"
    values = layers.part(.values, output)
    let weight = "\(output).convolution.weight"
    let pixels = projected.rows.count
    views = zip(
      layers.recorded[Recorder.Value.headScores, weight],
      layers.recorded[Recorder.Value.headWeights, weight]
    ).map { scores, weights in
      (0..<shape.heads).map { head in
        let columns = (head * pixels)..<((head + 1) * pixels)
        return WalkView(
          seen: 0..<pixels, scores: Array(scores[columns]), weights: Array(weights[columns]))
      }
    }
    result = layers.part(.result, output)
    term = layers.unit("\(name).positions", isBent: false)
    sum = layers.read(output)
    self.output = layers.unit(output, isBent: false)
  }
}
