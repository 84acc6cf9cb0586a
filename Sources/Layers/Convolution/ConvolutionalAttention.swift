package import DragomanTensor

/// Attention of the pixels of an image to each other, with convolutions of 1 × 1 for projections.
///
///     [q | k | v] of each head = conv(x)        α = softmax(q kᵀ / √d_k) per head        r = α v
///     y = conv(r + pe(v))        or        y = conv(r + pe(r))
///
/// pe, a 3 × 3 depthwise convolution, is what tells pixels where they stand: attention itself does not know. The first
/// form is that of YOLO11, where each convolution has a batch normalisation and none an activation. Keys may be shorter
/// than values.
package struct ConvolutionalAttention: Sendable {
  let queryKeyValue: ConvolutionUnit
  let positions: ConvolutionUnit
  let output: ConvolutionUnit
  /// Its sizes.
  package let shape: ConvolutionalAttentionShape

  /// Adds `name.queryKeyValue.…`, `name.positions.…` and `name.output.…`.
  package init(
    name: String, _ shape: ConvolutionalAttentionShape, layout: inout ParameterLayout
  ) {
    func unit(_ part: String, _ convolution: ConvolutionShape) -> ConvolutionUnit {
      ConvolutionUnit(
        name: "\(name).\(part)", convolution, normalization: shape.normalization, nil,
        layout: &layout)
    }
    queryKeyValue = unit(
      "queryKeyValue",
      ConvolutionShape(from: shape.channels, to: shape.heads * (2 * shape.key + shape.value)))
    positions = unit("positions", .depthwise(shape.channels, kernel: 3))
    output = unit("output", ConvolutionShape(from: shape.channels, to: shape.channels))
    self.shape = shape
  }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    let shape: ConvolutionalAttentionShape
    let grid: GridShape
    let projection: ConvolutionUnit.Trace
    let positions: ConvolutionUnit.Trace
    let output: ConvolutionUnit.Trace
    /// q, k and v of all heads, `[N, h·(2 d_k + d_v)]`.
    let projected: Matrix
    /// v of all heads side by side, `[N, C]`.
    let values: Matrix
    /// α of all heads side by side, `[N, h·H·W]`.
    package let weights: Matrix
    /// r, `[N, C]`.
    package let result: Matrix
    /// pe, `[N, C]`.
    package let term: Matrix
    let spans: [AttentionSpan]
  }

  /// Maps images to images of the same size.
  package func forward(_ x: Grid, _ pass: Pass) -> (output: Grid, trace: Trace) {
    let (workspace, kernels) = (pass.workspace, pass.kernels)
    let (projected, projection) = queryKeyValue.forward(x, pass)
    let (rows, pixels) = (x.matrix.rows, x.shape.pixels)
    let values = workspace.matrix(rows: rows, columns: shape.channels)
    let weights = workspace.matrix(rows: rows, columns: shape.heads * pixels)
    let result = workspace.matrix(rows: rows, columns: shape.channels)
    let spans = AttentionSpan.pairing(queries: x.shape.offsets, sources: x.shape.offsets)
    let one = AttentionHeads(count: 1)
    for head in 0..<shape.heads {
      let (parts, channels) = (shape.parts(of: head), shape.channels(of: head))
      let own = weights.columns(shape.weights(of: head, pixels: pixels))
      kernels.copy(projected.matrix.columns(parts.value), to: values.columns(channels))
      kernels.headWeights(
        one, queries: projected.matrix.columns(parts.query),
        keys: projected.matrix.columns(parts.key), spans: spans[...], into: own)
      kernels.headCombine(
        one, weights: own, values: values.columns(channels), spans: spans[...],
        into: result.columns(channels))
    }
    let seen = shape.positions == .values ? values : result
    let (term, placed) = positions.forward(Grid(seen, x.shape), pass)
    let sum = workspace.matrix(rows: rows, columns: shape.channels)
    kernels.copy(result, to: sum)
    kernels.add(term.matrix, to: sum)
    record(projected.matrix, values: values, weights, result, term.matrix, spans, pass)
    let (y, last) = output.forward(Grid(sum, x.shape), pass)
    return (
      y,
      Trace(
        shape: shape, grid: x.shape, projection: projection, positions: placed, output: last,
        projected: projected.matrix, values: values, weights: weights, result: result,
        term: term.matrix, spans: spans)
    )
  }
}
