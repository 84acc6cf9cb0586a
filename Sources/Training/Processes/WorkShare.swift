import DragomanLayers
import DragomanTensor
import DragomanText

/// The part of numbered work that one of several processes does: every R-th number, from its rank on.
struct WorkShare: Sendable {
  /// The process.
  let rank: Int
  /// All processes.
  let size: Int

  /// All of the work.
  static let all = WorkShare(rank: 0, size: 1)

  /// The numbers below `count` that are this process's.
  func numbers(below count: Int) -> [Int] {
    Array(stride(from: rank, to: count, by: size))
  }

  /// The losses of its batches of a plan, each the sum over its tokens; ends between two with ``StopRequested`` if that
  /// is wanted.
  func losses(
    of plan: BatchPlan, _ pass: Pass, _ stop: StopRequest,
    _ losses: (ArraySlice<Int32>) throws -> [Float]
  ) throws -> [Loss] {
    try numbers(below: plan.count).map { index in
      try stop.check()
      pass.workspace.reset()
      let found = try losses(plan.indices(at: index))
      return Loss(sum: found.reduce(0) { $0 + Double($1) }, count: found.count)
    }
  }

  /// The work of all, in the order of its numbers, from that of each process.
  static func joined<Value>(_ parts: [[Value]]) -> [Value] {
    let count = parts.reduce(0) { $0 + $1.count }
    return (0..<count).map { parts[$0 % parts.count][$0 / parts.count] }
  }
}
