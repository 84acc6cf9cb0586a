import DragomanLayers
import DragomanSystem
import DragomanTensor

/// The gradient of batches that are cut into pieces, by one process or several, with the same bits for any number.
///
/// A number of a gradient is one chain of sums over all rows of a batch, which cannot be cut without other roundings.
/// So each of the m pieces has a gradient of its own, from zero, of the loss divided by the tokens of the whole; the m
/// gradients are added in a balanced tree over the numbers of the pieces. With R processes (2^n up to m) each has the
/// next m / R pieces, whose sum is a branch of that tree, and ``SlabSum`` adds the branches. Losses are added likewise,
/// in Double. The masks of a piece's dropout follow from the update and its number.
///
/// Where each process has one piece, the decoder's gradients are added while the way back goes on through the encoder.
final class PiecewiseGradient {
  private let accumulated: AccumulatedGradient
  private let pieces: Int
  private let processes: any ProcessGroup
  private let sum: SlabSum?
  private let decoderPlaces: Range<Int>
  /// A slab for each level of the tree below the topmost, made when it is first needed.
  private var slabs: [Parameters] = []

  /// What became of an update's batches.
  struct Result {
    /// The loss of all pieces.
    var loss = Loss()
    /// Passes whose statistics stand in the gradient's places: pieces that have an example.
    var passes = 0
    /// Whether a process was asked to stop.
    var isStopWanted = false
  }

  /// A gradient of batches in so many pieces.
  ///
  /// `decoderPlaces` are those whose gradients are complete before the encoder's; none if there is no decoder.
  init(
    _ accumulated: AccumulatedGradient, pieces: Int, _ processes: any ProcessGroup,
    decoderPlaces: Range<Int>? = nil
  ) {
    (self.accumulated, self.pieces, self.processes) = (accumulated, pieces, processes)
    self.decoderPlaces = decoderPlaces ?? 0..<0
    sum = processes.size > 1 ? SlabSum(processes) : nil
  }

  /// Writes the gradient of some batches of an epoch, of the whole of them, to `gradients`.
  ///
  /// `firstBatch` is the number of the first one since the run began. `isStopWanted` says whether this process was
  /// asked to stop, which all then know.
  ///
  /// - Throws: ``StopRequested`` between two pieces, in a single process; what goes wrong when examples are read or
  ///   other processes do not answer.
  func compute(
    _ epoch: any TrainingEpoch, _ group: Range<Int>, firstBatch: Int, weights: Parameters,
    into gradients: Parameters, _ workspace: Workspace, _ stop: StopRequest,
    isStopWanted: Bool = false
  ) throws -> Result {
    let weight = group.reduce(0) { $0 + epoch.weight(at: $1) }
    let share = pieces / processes.size
    let own = processes.rank * share..<(processes.rank + 1) * share
    var losses: [(loss: Loss, passes: Int)] = []
    // All processes add the same parts in the same order, each beside its way back or behind it.
    let early = gradients.slab.columns(decoderPlaces)
    var ongoing: OngoingSum?
    let afterDecoder =
      share > 1 || decoderPlaces.lowerBound == 0 || !processes.allowsThreads
      ? nil : sum.map { sum in { ongoing = OngoingSum(sum, of: early) } }

    /// The sum of the gradients of some pieces.
    func add(_ range: Range<Int>, into slab: Parameters, level: Int) throws {
      guard range.count > 1 else {
        if range.lowerBound > own.lowerBound { try stop.check() }
        let piece = Piece(index: range.lowerBound, count: pieces)
        let parts = try group.map { try epoch.batch(at: $0, piece: piece) }
        let loss = try accumulated.compute(
          parts, firstBatch: firstBatch, piece: piece, weight: weight, weights: weights,
          into: slab, workspace, stop, afterDecoder: afterDecoder)
        return losses.append((loss, parts.count { $0 != nil }))
      }
      let middle = range.lowerBound + range.count / 2
      try add(range.lowerBound..<middle, into: slab, level: level + 1)
      let other = slabs[level]
      try add(middle..<range.upperBound, into: other, level: level + 1)
      workspace.kernels.add(other.slab, to: slab.slab)
    }
    while slabs.count < share.trailingZeroBitCount {
      slabs.append(Parameters(layout: gradients.layout))
    }
    try add(own, into: gradients, level: 0)
    if let sum {
      if let ongoing { try ongoing.wait() } else { try sum.sum(early, workspace.kernels) }
      for rest in [0..<decoderPlaces.lowerBound, decoderPlaces.upperBound..<gradients.slab.columns]
      {
        try sum.sum(gradients.slab.columns(rest), workspace.kernels)
      }
    }
    return try joined(losses, isStopWanted: isStopWanted)
  }

  /// What all processes found, as one.
  private func joined(
    _ own: [(loss: Loss, passes: Int)], isStopWanted: Bool
  ) throws -> Result {
    let numbers = own.flatMap { loss, passes -> [UInt64] in
      [
        loss.sum.bitPattern, UInt64(loss.count), loss.weight.bitPattern,
        loss.penalty.bitPattern, UInt64(passes),
      ]
    }
    let all = try processes.gather(numbers: [isStopWanted ? 1 : 0] + numbers)
    var result = Result()
    var losses: [Loss] = []
    for list in all {
      if list[0] != 0 { result.isStopWanted = true }
      for start in stride(from: 1, to: list.count, by: 5) {
        var loss = Loss(
          sum: Double(bitPattern: list[start]), count: Int(list[start + 1]),
          weight: Double(bitPattern: list[start + 2]))
        loss.penalty = Double(bitPattern: list[start + 3])
        losses.append(loss)
        result.passes += Int(list[start + 4])
      }
    }
    result.loss = PieceTree.sum(losses[...]) { left, right in
      var both = left
      both += right
      return both
    }
    return result
  }
}
