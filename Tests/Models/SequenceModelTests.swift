import DragomanTestSupport
import DragomanModels
import DragomanText
import Testing

@testable import DragomanModels

@Suite struct `The work of a training step` {
  /// Multiply-adds of the way forward: 5 source and 3 target tokens, E 3, h 2 both ways, H 5, A 7, 10 target words.
  private func multiplications(_ change: (inout ModelConfiguration) -> Void) -> Double {
    var configuration = ModelConfiguration()
    configuration.embedding = 3
    configuration.recurrentEncoder.hidden = 2
    configuration.recurrentDecoder.hidden = 5
    configuration.attention.size = 7
    change(&configuration)
    let model = SequenceModel(configuration, sourceVocabulary: 9, targetVocabulary: 10)
    let batch = Batch([EncodedPair(source: [3, 5, 4, 7, 2], target: [4, 3, 2])], begin: 1)
    return model.trainingOperations(batch) / 6
  }

  @Test func `is that of its products`() {
    let encoder = 5 * 2 * (3 * 2 * (3 + 2))
    let attention = 5 * 7 * 4 + 3 * 7 * 5 + 3 * 5 * (4 + 7)
    let fed = 3 * (3 * 5 * (3 + 4 + 5)) + 3 * 10 * 9
    #expect(multiplications { _ in } == Double(encoder + attention + fed))
    let alone = 3 * (3 * 5 * (3 + 5)) + 3 * 10 * 9
    #expect(
      multiplications { $0.recurrentDecoder.feeding = .none }
        == Double(encoder + attention + alone))
    let attentional = 3 * (3 * 5 * (3 + 5 + 5)) + 3 * 5 * 9 + 3 * 10 * 5
    #expect(
      multiplications { $0.recurrentDecoder.feeding = .attentional }
        == Double(encoder + attention + attentional))
    #expect(
      multiplications { $0.attention.coverage = true }
        == Double(encoder + attention + fed + 3 * 5 * 7))
  }
}
