import DragomanLayers
package import DragomanTensor

/// Reads images by convolutions, stage after stage; the rows that come out are the places of the last grid.
package struct ConvolutionalEncoder: Sendable {
  private let stages: [ConvolutionalStage]
  private let image: ImageShape
  /// Channels that come out.
  let width: Int
  /// In what comes out.
  private let encodedDropout: Dropout

  /// Adds `encoder.stage.0.convolution.weight`, … to the layout.
  init(
    _ encoder: ConvolutionalEncoderConfiguration, in model: ModelConfiguration, image: ImageShape,
    layout: inout ParameterLayout
  ) {
    var stages: [ConvolutionalStage] = []
    var inputs = image.channels
    for (index, stage) in encoder.stages.enumerated() {
      stages.append(
        ConvolutionalStage(
          stage, name: "encoder.stage.\(index)", inputs: inputs,
          normalization: encoder.normalization, layout: &layout))
      inputs = stage.channels
    }
    (self.stages, self.image, width) = (stages, image, inputs)
    encodedDropout = Dropout(probability: model.dropout.encoded, path: "encoder")
  }

  /// What the backward pass needs.
  package struct Trace {
    let stages: [ConvolutionalStage.Trace]
    /// The rows that each stage reads.
    let shapes: [GridShape]
    let channels: [Int]
    /// The shape of what comes out.
    package let output: GridShape
    fileprivate let sentences: [Int32]
  }

  func forward(_ images: Grid, _ pass: Pass) -> (rows: RaggedMatrix, trace: Trace) {
    var x = images
    var (traces, shapes, channels): ([ConvolutionalStage.Trace], [GridShape], [Int]) = ([], [], [])
    for stage in stages {
      shapes.append(x.shape)
      channels.append(x.channels)
      let (output, trace) = stage.forward(x, pass)
      traces.append(trace)
      x = output
    }
    let rows = x.ragged
    let sentences = rows.offsets.sentencesOfRows
    encodedDropout.apply(to: rows.matrix, sentences: sentences[...], pass)
    return (
      rows,
      Trace(
        stages: traces, shapes: shapes, channels: channels, output: x.shape,
        sentences: sentences)
    )
  }

  /// Adds to the gradients of all parameters, given that of the rows, which is used up.
  func backward(_ gradient: Matrix, _ trace: Trace, _ pass: Pass, gradients: Parameters) {
    encodedDropout.apply(to: gradient, sentences: trace.sentences[...], pass)
    var gradient = gradient
    for index in stages.indices.reversed() {
      // Nobody learns from the gradient of the pixels.
      let below =
        index == 0
        ? nil
        : pass.workspace.matrix(
          rows: trace.shapes[index].rows, columns: trace.channels[index])
      stages[index].backward(
        gradient, inputGradient: below, trace.stages[index], pass, gradients: gradients)
      if let below { gradient = below }
    }
  }

  /// Lines and columns of the last grid.
  var gridSize: (height: Int, width: Int) {
    let output = sizes.last?.output ?? [image.height, image.width]
    return (output[0], output[1])
  }

  /// The stages, for one image.
  var sizes: [LayerSize] {
    var shape = GridShape(images: 1, height: image.height, width: image.width)
    return stages.map { stage in
      let (output, count) = stage.size(of: shape)
      shape = output
      return LayerSize(
        name: stage.name, kind: stage.words,
        output: [output.height, output.width, stage.unit.shape.outputs], multiplications: count)
    }
  }
}

extension ConvolutionalStage {
  /// What it does, in a few words.
  fileprivate var words: String {
    let shape = unit.shape
    var words = "convolution \(shape.kernel) × \(shape.kernel)"
    if shape.stride > 1 { words += ", stride \(shape.stride)" }
    if shape.groups > 1 { words += ", \(shape.groups) groups" }
    if squeeze != nil { words += ", squeeze" }
    if isResidual { words += ", residual" }
    switch attention {
    case .none: break
    case .block: words += ", attention"
    case .half: words += ", C2PSA"
    }
    switch pool {
    case .none: break
    case .maximum: words += ", maximum of 2 × 2"
    case .average: words += ", mean of 2 × 2"
    }
    return words
  }
}
