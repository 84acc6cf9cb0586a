import Dispatch
import DragomanSystem
import DragomanTensor

/// A ``SlabSum`` that goes on beside a computation, on a thread of its own.
///
/// Until ``wait()`` has returned nobody else may exchange anything, or read or write the slab. The group has to allow
/// other threads.
final class OngoingSum {
  /// What both threads use, one after the other.
  private final class Work: @unchecked Sendable {
    let sum: SlabSum
    let slab: Matrix
    let computation = Computation()
    let isDone = DispatchSemaphore(value: 0)
    var failure: (any Error)?

    init(_ sum: SlabSum, _ slab: Matrix) { (self.sum, self.slab) = (sum, slab) }

    func run() {
      do { try sum.sum(slab, beside: computation) } catch { failure = error }
      isDone.signal()
    }
  }

  private let work: Work

  /// Begins to replace a slab by the sum of those of all processes.
  init(_ sum: SlabSum, of slab: Matrix) {
    let work = Work(sum, slab)
    self.work = work
    sum.queue.async { work.run() }
  }

  /// Returns when the slab is the sum; the time counts as waiting.
  ///
  /// - Throws: when a process has not answered for too long, or what carries the bytes reports an error.
  func wait() throws {
    let clock = ContinuousClock()
    let begin = clock.now
    work.computation.end()
    work.isDone.wait()
    work.sum.processes.traffic.seconds += begin.duration(to: clock.now).inSeconds
    if let failure = work.failure { throw failure }
  }
}
