import Dispatch
import DragomanSystem
import DragomanTensor

/// The sum of one slab of every process, known to all of them, in the order of a balanced tree over the ranks.
///
/// Recursive halving and doubling (Thakur, Rabenseifner and Gropp 2005, section 4.5), the nearest partner first. At
/// distance d = 1, 2, 4, … processes r and r xor d each give away a half of the part that they still have, and add what
/// they get to the other half. So every number of the sum is ((s₀ + s₁) + (s₂ + s₃)) + …, whoever computes it, and sums
/// of two are the same either way round. The way back brings every part to everybody. Each process sends
/// 2 (R − 1) / R slabs. `MPI_Allreduce` would choose an order of its own.
struct SlabSum {
  let processes: any ProcessGroup
  /// Numbers of a message's slab: small enough to be in a cache when they are added.
  private static let bucket = 1 << 18
  /// Where the sum is made beside a computation, and what adds there.
  let queue = DispatchQueue(label: "dragoman.sum")
  private let kernels = Kernels(threads: 1)
  private let received = Matrix(rows: 1, columns: Self.bucket)

  init(_ processes: any ProcessGroup) {
    self.processes = processes
  }

  /// Replaces a slab by the sum of those of all processes; there have to be 2^n of them.
  func sum(_ slab: Matrix, _ kernels: Kernels) throws {
    for part in Self.buckets(of: slab) { try sum(bucket: part, kernels, beside: nil) }
  }

  /// The same by a thread beside one that computes.
  func sum(_ slab: Matrix, beside other: Computation) throws {
    for part in Self.buckets(of: slab) { try sum(bucket: part, kernels, beside: other) }
  }

  /// Replaces a slab by that of the first process.
  static func spread(_ slab: Matrix, over processes: any ProcessGroup) throws {
    // Each passes it on to one that has not got it: 1, 2, 4 … processes have it.
    let ignored = Matrix(rows: 1, columns: 0)
    for part in buckets(of: slab) {
      var distance = 1
      while distance < processes.size {
        let partner = processes.rank ^ distance
        if processes.rank < 2 * distance, partner < processes.size {
          let isGiving = processes.rank < distance
          try exchange(
            isGiving ? part : ignored, isGiving ? ignored : part, with: partner, processes)
        }
        distance *= 2
      }
    }
  }

  private static func buckets(of slab: Matrix) -> [Matrix] {
    stride(from: 0, to: slab.columns, by: bucket).map {
      slab.columns($0..<min($0 + bucket, slab.columns))
    }
  }

  private func sum(bucket: Matrix, _ kernels: Kernels, beside other: Computation?) throws {
    var own = 0..<bucket.columns
    var steps: [(kept: Range<Int>, given: Range<Int>, partner: Int)] = []
    var distance = 1
    while distance < processes.size {
      let middle = own.lowerBound + own.count / 2
      let (lower, upper) = (own.lowerBound..<middle, middle..<own.upperBound)
      let isLower = processes.rank & distance == 0
      let (kept, given) = isLower ? (lower, upper) : (upper, lower)
      let partner = processes.rank ^ distance
      let coming = received.columns(0..<kept.count)
      try Self.exchange(
        bucket.columns(given), coming, with: partner, processes,
        beside: other)
      kernels.add(coming, to: bucket.columns(kept))
      steps.append((kept, given, partner))
      own = kept
      distance *= 2
    }
    for step in steps.reversed() {
      try Self.exchange(
        bucket.columns(step.kept), bucket.columns(step.given), with: step.partner, processes,
        beside: other)
    }
  }

  private static func exchange(
    _ sent: Matrix, _ received: Matrix, with partner: Int, _ processes: any ProcessGroup,
    beside other: Computation? = nil
  ) throws {
    try unsafe sent.withBytes { sent in
      try unsafe received.withBytes { received in
        try unsafe processes.exchange(
          UnsafeRawBufferPointer(sent), to: partner, received, from: partner, beside: other)
      }
    }
  }
}
