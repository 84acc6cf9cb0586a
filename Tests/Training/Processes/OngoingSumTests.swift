import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanTraining

@Suite struct `A sum beside a computation` {
  private struct Broken: Error {}

  /// A group that cannot send.
  private final class BrokenGroup: ProcessGroup, @unchecked Sendable {
    let rank = 0
    let hosts = ["a", "b"]
    var traffic = ProcessTraffic()
    let allowsThreads = true

    func exchange(
      _ sent: UnsafeRawBufferPointer, to receiver: Int,
      _ received: UnsafeMutableRawBufferPointer, from sender: Int, beside other: Computation?
    ) throws { throw Broken() }
  }

  @Test(arguments: [2, 4]) func `is the sum of one that is waited for`(_ size: Int) throws {
    let found = try ThreadGroup.run(size) { processes in
      func slab() -> Matrix {
        Matrix(
          rows: 1, columns: 600_001,
          (0..<600_001).map { Float(($0 * 31 + processes.rank * 17) % 101 - 50) / 7 })
      }
      let (waited, beside) = (slab(), slab())
      let sum = SlabSum(processes)
      try sum.sum(waited, Kernels(threads: 1))
      let before = (processes.exchangesBeside, processes.traffic.seconds)
      let ongoing = OngoingSum(sum, of: beside)
      try ongoing.wait()
      return (
        waited.elements == beside.elements, processes.exchangesBeside - before.0,
        processes.traffic.seconds > before.1
      )
    }
    for (isEqual, exchanges, hasWaited) in found {
      // Three buckets, there and back at each distance.
      #expect(isEqual && exchanges == 3 * 2 * size.trailingZeroBitCount && hasWaited)
    }
  }

  @Test func `says what went wrong to whoever waits for it`() {
    let ongoing = OngoingSum(SlabSum(BrokenGroup()), of: Matrix(rows: 1, columns: 10))
    #expect(throws: Broken.self) { try ongoing.wait() }
  }
}
