import DragomanModels
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `The accumulated gradient` {
  private let file = SmallModel.file()

  private func batches(_ sizes: [Int]) -> [Batch] {
    var next: Int32 = 0
    return sizes.map { size in
      Batch(
        (0..<size).map { _ in
          next += 1
          let source = (0..<(2 + next % 4)).map { 3 + ($0 * next) % 9 }
          let target = (0..<(1 + next % 5)).map { 3 + ($0 + next) % 9 }
          return EncodedPair(source: source + [2], target: target + [2])
        }, begin: 1)
    }
  }

  private func gradient(
    _ batches: [Batch], firstBatch: Int = 0, piece: Piece = .whole, threads: Int = 1,
    dropout: Double = 0
  ) throws -> (gradient: [Float], loss: Loss) {
    var configuration = file.model.configuration
    configuration.dropout = DropoutConfiguration(dropout)
    let model = SequenceModel(
      configuration, sourceVocabulary: file.model.sourceVocabulary,
      targetVocabulary: file.model.targetVocabulary)
    let gradients = Parameters(layout: model.layout)
    // What was there before does not count.
    gradients.slab[0, 0] = 77
    let parts: [any TrainingBatch] = batches.map {
      TranslationBatch(model: model, isFrozen: false, batch: $0)
    }
    let loss = try AccumulatedGradient(seed: 3).compute(
      parts, firstBatch: firstBatch, piece: piece,
      weight: parts.reduce(0) { $0 + $1.weight }, weights: file.weights, into: gradients,
      Workspace(kernels: Kernels(threads: threads)), .never)
    return (gradients.slab.elements, loss)
  }

  /// Batches of unlike sizes: a mean of means would be another gradient.
  @Test func `is that of one larger batch`() throws {
    let parts = batches([1, 5, 2])
    let whole = Batch(
      parts.flatMap { part in
        (0..<part.count).map {
          EncodedPair(source: Array(part.source(at: $0)), target: Array(part.target(at: $0)))
        }
      }, begin: 1)
    let (found, expected) = (try gradient(parts), try gradient([whole]))
    #expect(found.loss.count == expected.loss.count)
    #expect(abs(found.loss.sum - expected.loss.sum) < 1e-4)
    let scale = expected.gradient.reduce(0) { max($0, abs($1)) }
    for (found, expected) in zip(found.gradient, expected.gradient) {
      #expect(abs(found - expected) < 2e-6 * scale)
    }
    let one = try gradient([parts[1]]).gradient
    #expect(zip(one, expected.gradient).contains { abs($0 - $1) > 1e-2 * scale })
  }

  @Test func `draws masks of its own for every batch`() throws {
    let batch = batches([4])[0]
    let first = try gradient([batch], dropout: 0.5)
    #expect(try gradient([batch], firstBatch: 1, dropout: 0.5).gradient != first.gradient)
    // The second of two batches has the masks that it would have alone.
    let second = try gradient([batch], firstBatch: 1, dropout: 0.5)
    let both = try gradient([batch, batch], dropout: 0.5)
    #expect(abs(both.loss.sum - first.loss.sum - second.loss.sum) < 1e-4)
  }

  @Test func `draws masks of its own for every piece of a batch`() throws {
    let batch = batches([4])[0]
    func gradient(_ firstBatch: Int, _ index: Int) throws -> [Float] {
      try self.gradient(
        [batch], firstBatch: firstBatch, piece: Piece(index: index, count: 2), dropout: 0.5
      ).gradient
    }
    let all = try [(0, 0), (0, 1), (1, 0), (1, 1)].map { try gradient($0, $1) }
    #expect(Set(all).count == 4)
  }

  @Test func `has the same bits on any number of threads`() throws {
    let parts = batches([7, 3, 9])
    #expect(try gradient(parts, threads: 1).gradient == gradient(parts, threads: 3).gradient)
  }

  /// A task of one weight, whose gradient is the number of tokens.
  private final class CountingBatch: TrainingBatch {
    let examples = 1
    let targets: Int
    private(set) var noise: Noise?
    private(set) var labelSmoothing: Float = 0

    init(targets: Int) { self.targets = targets }

    func train(
      scale: Float, labelSmoothing: Float, _ pass: Pass, gradients: Parameters
    ) -> Loss {
      (noise, self.labelSmoothing) = (pass.noise, labelSmoothing)
      gradients.slab[0, 0] += scale * Float(targets)
      return Loss(sum: 2 * Double(targets), count: targets)
    }
  }

  @Test func `takes batches of any task, each by its share`() throws {
    var layout = ParameterLayout()
    _ = layout.vector("weight", size: 1, .zeros)
    let (weights, gradients) = (Parameters(layout: layout), Parameters(layout: layout))
    let batches = [1, 3].map { CountingBatch(targets: $0) }
    let loss = try AccumulatedGradient(seed: 9, labelSmoothing: 0.25).compute(
      batches, firstBatch: 5, weights: weights, into: gradients,
      Workspace(kernels: Kernels(threads: 1)))
    #expect(gradients.slab[0, 0] == 1 && loss.sum == 8 && loss.count == 4)
    #expect(batches.map(\.noise) == [5, 6].map { Noise(seed: 9, update: $0) })
    #expect(batches.allSatisfy { $0.labelSmoothing == 0.25 })
  }
}
