import DragomanTestSupport
import DragomanModels
import DragomanLayers
import DragomanTensor
import Testing

@testable import DragomanModels

/// Everything between the decoder and the loss, over both ways through a batch, with dropout on.
@Suite struct `Gradients of the output equal differences of the loss` {
  /// Models of every feeding, of one layer and two, each with `changes` made.
  static func models(_ changes: (inout ModelConfiguration) -> Void) -> [ModelConfiguration] {
    var result: [ModelConfiguration] = []
    // Of an SSRU so few numbers may all be 0, on the kink of the next layer; the cell is not what is tried here.
    for cell in CellKind.allCases.filter(\.hasRecurrentProduct) {
      for feeding in InputFeeding.allCases {
        for layers in [1, 2] {
          var model = ModelConfiguration()
          model.embedding = 3
          model.recurrentEncoder.cell = cell
          model.recurrentEncoder.hidden = 2
          model.recurrentEncoder.layers = layers
          model.recurrentDecoder.cell = cell
          model.recurrentDecoder.hidden = 5
          model.recurrentDecoder.layers = layers
          model.recurrentDecoder.feeding = feeding
          model.attention.size = 4
          model.dropout = DropoutConfiguration(0.3)
          changes(&model)
          result.append(model)
        }
      }
    }
    return result
  }

  func check(_ models: [ModelConfiguration], labelSmoothing: Float = 0) {
    let workspace = Workspace(kernels: Kernels(threads: 1))
    for model in models {
      `Gradients equal differences of the loss`().check(
        model, labelSmoothing: labelSmoothing, workspace)
    }
  }

  @Test(arguments: [false, true], [nil, 7]) func `with a deep output`(
    readsEmbedding: Bool, size: Int?
  ) {
    check(
      Self.models { model in
        model.recurrentDecoder.output.kind = .deep
        model.recurrentDecoder.output.embedding = readsEmbedding
        model.recurrentDecoder.output.hidden = size
      })
  }

  /// The table of word vectors gets a gradient from each place it is used at.
  @Test(arguments: TiedWeights.allCases, OutputKind.allCases)
  func `with tied weights`(_ tied: TiedWeights, _ output: OutputKind) {
    check(
      Self.models { model in
        model.tied = tied
        model.recurrentDecoder.output.kind = output
        if output == .direct, tied.joinsOutput {
          model.embedding = model.decoder.projectedSize(in: model)
        }
      })
  }

  @Test(arguments: [0.1, 0.7] as [Float])
  func `with smoothed labels`(_ smoothing: Float) {
    check(Self.models { _ in }, labelSmoothing: smoothing)
  }

  /// A dropped word is dropped for all that read it: the deep output, too.
  @Test(arguments: OutputKind.allCases) func `with dropped words`(_ output: OutputKind) {
    check(
      Self.models { model in
        model.recurrentDecoder.output.kind = output
        model.dropout.sourceWords = 0.4
        model.dropout.targetWords = 0.3
        model.tied = .languages
      })
  }
}
