import DragomanModels
import DragomanLayers
import DragomanTensor
import DragomanText
import DragomanTestSupport
import Testing

@testable import DragomanModels

/// Every combination of cells, scorer, directions, layers, initial state and feeding, with dropout on,
/// against differences of the loss itself: a new case of an enum is checked without a new test.
@Suite struct `Gradients equal differences of the loss` {
  static let batch = Batch(
    [
      EncodedPair(source: [3, 5, 4, 7, 2], target: [4, 3, 6, 2]),
      EncodedPair(source: [6, 2], target: [5, 3, 7, 8, 3, 2]),
      EncodedPair(source: [4, 3, 5, 2], target: [2]),
    ], begin: 1)

  /// Sizes differ from each other where the combination allows it.
  static func configurations(_ score: ScorerKind) -> [ModelConfiguration] {
    var result: [ModelConfiguration] = []
    for encoder in CellKind.allCases {
      for decoder in CellKind.allCases {
        for isBidirectional in [false, true] {
          for layers in [1, 2] {
            for feeding in InputFeeding.allCases {
              for initial in InitialState.allCases {
                for bridge in [false, true] {
                  var model = ModelConfiguration()
                  // Of an SSRU half the numbers are 0: rows of few would be 0 as a whole, on the kink of the next
                  // layer.
                  let share = encoder == .ssru || decoder == .ssru ? 4 : 1
                  model.embedding = 3 * share
                  model.recurrentEncoder.cell = encoder
                  model.recurrentEncoder.hidden = (isBidirectional ? 3 : 6) * share
                  model.recurrentEncoder.layers = layers
                  model.recurrentEncoder.bidirectional = isBidirectional
                  model.recurrentDecoder.cell = decoder
                  model.recurrentDecoder.layers = layers
                  model.recurrentDecoder.feeding = feeding
                  model.recurrentDecoder.initialState = initial
                  model.recurrentDecoder.bridge = bridge
                  model.attention.score = score
                  model.attention.size = 4
                  model.attention.positions = 7
                  model.dropout = DropoutConfiguration(share == 1 ? 0.3 : 0.1)
                  model.dropout.encoded = share == 1 ? 0.2 : 0.1
                  if initial == .backward, !isBidirectional { continue }
                  if initial == .zero, bridge { continue }
                  let copied =
                    initial == .zero || bridge
                    ? nil : model.recurrentDecoder.initialStateWidth(of: model.encoder)
                  if score == .dot, let copied, copied != model.encoder.width { continue }
                  model.recurrentDecoder.hidden =
                    score == .dot ? model.encoder.width : copied ?? 5 * share
                  result.append(model)
                }
              }
            }
          }
        }
      }
    }
    return result
  }

  @Test(arguments: ScorerKind.allCases)
  func `of every model`(_ score: ScorerKind) throws {
    let configurations = Self.configurations(score)
    #expect(configurations.count > 100)
    let workspace = Workspace(kernels: Kernels(threads: 1))
    for configuration in configurations {
      check(configuration, workspace)
    }
  }

  /// The cells of both sides, layers, directions and feeding.
  static func combinations() -> [ModelConfiguration] {
    configurations(.additive).filter {
      $0.recurrentDecoder.bridge && $0.recurrentDecoder.initialState == .layerwise
    }
  }

  @Test(arguments: ModelVariant.allCases) func `of every variant`(_ variant: ModelVariant) {
    let workspace = Workspace(kernels: Kernels(threads: 1))
    let combinations = Self.combinations()
    #expect(combinations.count == 108)
    for var configuration in combinations {
      variant.apply(to: &configuration)
      check(configuration, workspace)
    }
  }

  func check(
    _ configuration: ModelConfiguration, labelSmoothing: Float = 0, reading source: Source? = nil,
    _ workspace: Workspace
  ) {
    let shape: SourceShape =
      switch source {
      case .features(let rows): .features(size: rows.size)
      case .images(_, let image): .images(image)
      case .tokens, nil: .tokens(vocabulary: configuration.tied.joinsLanguages ? 10 : 9)
      }
    let model = SequenceModel(configuration, reading: shape, targetVocabulary: 10)
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: 7)
    // Larger weights, so that no gradient drowns in the rounding of the loss.
    workspace.kernels.scale(weights.slab, by: 1.5)
    // And no bias of 0: it may bring a whole state to 0, around which normalisation has a kink.
    for entry in model.layout.entries where entry.shape.count == 1 && !entry.isStatistic {
      for column in 0..<entry.shape[0] {
        weights[entry.handle][0, column] += Float(column * 5 % 7 - 3) / 10
      }
    }
    let pass = Pass(weights: weights, workspace: workspace, noise: Noise(seed: 3, update: 11))
    func loss(_ gradients: Parameters) -> Double {
      workspace.reset()
      let loss = model.train(
        Self.batch, reading: source, scale: 1, labelSmoothing: labelSmoothing, pass,
        gradients: gradients)
      return loss.sum + loss.penalty
    }
    let gradients = Parameters(layout: model.layout)
    let ignored = Parameters(layout: model.layout)
    _ = loss(gradients)
    // In the places of running statistics stands what the batch was like.
    let norm = model.layout.entries.filter { !$0.isStatistic }.reduce(0.0) { sum, entry in
      sum + workspace.kernels.sumOfSquares(gradients[entry.handle])
    }.squareRoot()
    for entry in model.layout.entries where !entry.isStatistic {
      let (weight, gradient) = (weights[entry.handle], gradients[entry.handle])
      let original = weight.elements
      func difference(_ direction: [Float], _ step: Float) -> Double {
        func moved(_ step: Float) -> Double {
          for (index, value) in original.enumerated() {
            weight[index / weight.columns, index % weight.columns] =
              value + step * direction[index]
          }
          return loss(ignored)
        }
        // A stencil of four points: the error falls with the fourth power of the step.
        return (8 * (moved(step / 2) - moved(-step / 2)) - (moved(step) - moved(-step)))
          / (6 * Double(step))
      }
      let tolerance = 2e-3 * norm * Double(weight.count).squareRoot() / 3
      let step: Float = 0.004 / Float(weight.count).squareRoot()
      var (found, expected) = (0.0, 0.0)
      // Points may lie on both sides of a kink: nearer ones, or those in another direction, need not.
      for attempt in 0..<(configuration.hasKinks ? 12 : 1) {
        // ±1, so that every element is touched.
        let direction = (0..<weight.count).map { index -> Float in
          (index * 7 + index / 3 + index * index / (5 + attempt) * (attempt / 3)) % 2 == 0 ? 1 : -1
        }
        found = difference(direction, step / [1, 4, 12][attempt % 3])
        expected = zip(gradient.elements, direction).reduce(0) { $0 + Double($1.0 * $1.1) }
        if abs(found - expected) <= tolerance { break }
      }
      for (index, value) in original.enumerated() {
        weight[index / weight.columns, index % weight.columns] = value
      }
      if abs(found - expected) > tolerance {
        Issue.record(
          """
          \(entry.name): the gradient along a direction is \(expected), differences give \
          \(found) (norm \(norm)) in \(configuration)
          """)
      }
    }
  }
}

extension ModelConfiguration {
  /// Whether states are cut off at 0.
  fileprivate var hasKinks: Bool {
    encoder.kind == .convolutional || encoder.recurrent?.cell == .ssru
      || decoder.recurrent?.cell == .ssru
      || decoder.transformer?.selfAttention == .ssru
  }
}
