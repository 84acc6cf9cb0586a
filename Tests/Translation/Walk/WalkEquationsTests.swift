import DragomanModels
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanTranslation

/// The numbers of a walk satisfy the equations that stand beside them, in double precision and from the weights alone.
@Suite struct `The equations of a walk` {
  @Test(arguments: ScorerKind.allCases, CellKind.allCases)
  func `hold for every scorer, cell and feeding`(_ score: ScorerKind, _ cell: CellKind) throws {
    for feeding in InputFeeding.allCases {
      for isDeep in [false, true] {
        try check(score, cell) { model in
          model.recurrentDecoder.feeding = feeding
          model.recurrentDecoder.output.kind = isDeep ? .deep : .direct
          model.recurrentDecoder.output.embedding = feeding == .none
        }
      }
    }
  }

  @Test(arguments: ModelVariant.allCases, CellKind.allCases)
  func `hold for every variant`(_ variant: ModelVariant, _ cell: CellKind) throws {
    for feeding in InputFeeding.allCases {
      try check(.additive, cell) { model in
        model.recurrentDecoder.feeding = feeding
        variant.apply(to: &model)
      }
    }
  }

  @Test(arguments: InitialState.allCases)
  func `hold for every first state, in stacks and in one direction`(_ initial: InitialState) throws
  {
    for cell in CellKind.allCases {
      for decoder in CellKind.allCases {
        for isBidirectional in [true, initial == .backward] {
          try check(.general, cell) { model in
            model.recurrentEncoder.layers = 2
            model.recurrentEncoder.bidirectional = isBidirectional
            model.recurrentDecoder.cell = decoder
            model.recurrentDecoder.layers = 2
            model.recurrentDecoder.initialState = initial
          }
        }
      }
    }
  }

  @Test func `hold for a state without a bridge, and with tied tables`() throws {
    try check(.dot, .lstm) { model in
      model.recurrentDecoder.initialState = .top
      model.recurrentDecoder.bridge = false
    }
    try check(.dot, .gru) { model in
      model.recurrentDecoder.output.kind = .deep
      model.tied = .all
    }
  }

  private func check(
    _ score: ScorerKind, _ cell: CellKind, _ change: (inout ModelConfiguration) -> Void
  ) throws {
    let file = SmallModel.file(score: score, cell: cell, positions: 4, changing: change)
    let walk = try Walk(
      "the cat sat on", reference: "mat the a", of: file, kernels: Kernels(threads: 1))
    let twin = WalkTwin(file, walk)
    let far = twin.deviations.filter { !($0.distance < 2e-4) }
    #expect(far.isEmpty, "\(file.model.configuration): \(far.prefix(3))")
    #expect(twin.deviations.count > 40)
  }
}
