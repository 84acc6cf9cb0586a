/// Processes that do one job together, perhaps on several machines, each with a number from 0: its rank.
///
/// All of them run the same program and ask for the same exchanges in the same order; who asks waits until the others
/// do. What is built on ``exchange(_:to:_:from:)`` alone has the same result for whatever carries the bytes.
package protocol ProcessGroup: AnyObject, Sendable {
  /// The number of this process, from 0.
  var rank: Int { get }
  /// The machine of each process, by rank.
  var hosts: [String] { get }
  /// What this process has sent, and how long it has waited, since it began.
  var traffic: ProcessTraffic { get set }
  /// Whether any thread may exchange, as long as only one at a time does.
  var allowsThreads: Bool { get }

  /// Sends bytes to one process, and receives as many as there is room for from one, at the same time.
  ///
  /// While `other` goes on, the processor is left to the thread that computes; time beside one that computes is not
  /// counted as waiting.
  ///
  /// - Throws: when a process has not answered for too long, or what carries the bytes reports an error.
  func exchange(
    _ sent: UnsafeRawBufferPointer, to receiver: Int,
    _ received: UnsafeMutableRawBufferPointer, from sender: Int,
    beside other: Computation?) throws
}

/// How much a process had to do with others.
package struct ProcessTraffic: Sendable, Equatable {
  /// Bytes that it has sent.
  package var bytes: UInt64
  /// Seconds in which it did nothing but wait for what others send, and send.
  package var seconds: Double

  /// So many bytes and seconds.
  package init(bytes: UInt64 = 0, seconds: Double = 0) {
    (self.bytes, self.seconds) = (bytes, seconds)
  }
}

extension ProcessGroup {
  /// The number of processes.
  package var size: Int { hosts.count }
  /// Whether this is the process that reads standard input, writes files, and talks.
  package var isFirst: Bool { rank == 0 }
  /// A process in words: `process 2 on node-b`.
  package func name(of rank: Int) -> String { "process \(rank) on \(hosts[rank])" }

  /// The same of a process that only waits.
  package func exchange(
    _ sent: UnsafeRawBufferPointer, to receiver: Int,
    _ received: UnsafeMutableRawBufferPointer, from sender: Int
  ) throws {
    try unsafe exchange(sent, to: receiver, received, from: sender, beside: nil)
  }

  /// What every process gives, by rank, known to all.
  ///
  /// In step k each sends its own to the process k places further on, so that nobody has to pass anything on.
  package func gather(_ bytes: [UInt8]) throws -> [[UInt8]] {
    var result = [[UInt8]](repeating: [], count: size)
    result[rank] = bytes
    for step in 1..<max(size, 1) {
      let (receiver, sender) = ((rank + step) % size, (rank + size - step) % size)
      var length = UInt64(bytes.count)
      var coming: UInt64 = 0
      try unsafe withUnsafeBytes(of: &length) { length in
        try unsafe withUnsafeMutableBytes(of: &coming) { coming in
          try unsafe exchange(length, to: receiver, coming, from: sender)
        }
      }
      var received = [UInt8](repeating: 0, count: Int(coming))
      try unsafe bytes.withUnsafeBytes { bytes in
        try unsafe received.withUnsafeMutableBytes { received in
          try unsafe exchange(bytes, to: receiver, received, from: sender)
        }
      }
      result[sender] = received
    }
    return result
  }

  /// The same of whole numbers.
  package func gather(numbers: [UInt64]) throws -> [[UInt64]] {
    let bytes = numbers.flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    return try gather(bytes).map { bytes in
      stride(from: 0, to: bytes.count - 7, by: 8).map { start in
        (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) }
      }
    }
  }

  /// Waits until all processes have come here.
  package func meet() throws {
    _ = try gather([UInt8]())
  }
}

/// A job of one process, which has nobody to exchange anything with.
package final class SingleProcess: ProcessGroup {
  package let rank = 0
  package let hosts = ["this machine"]
  package let allowsThreads = false
  /// Nothing, whatever is counted.
  package var traffic: ProcessTraffic {
    get { ProcessTraffic() }
    set {}
  }

  /// A job of one process.
  package init() {}

  /// What is sent comes back.
  package func exchange(
    _ sent: UnsafeRawBufferPointer, to receiver: Int,
    _ received: UnsafeMutableRawBufferPointer, from sender: Int, beside other: Computation?
  ) throws {
    unsafe received.copyBytes(from: sent.prefix(received.count))
  }
}
