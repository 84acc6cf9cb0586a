import DragomanSystem

/// What one of several processes that train together had to do with the others since it began.
package struct ProcessReport: Sendable, Equatable {
  /// Its machine.
  package let host: String
  /// Seconds in which it did nothing but send and wait.
  package let seconds: Double
  /// Bytes that it has sent.
  package let bytes: Int
  /// What its updates took besides.
  package let times: UpdateTimes

  /// A report.
  package init(host: String, seconds: Double, bytes: Int, times: UpdateTimes = UpdateTimes()) {
    (self.host, self.seconds, self.bytes, self.times) = (host, seconds, bytes, times)
  }
}

extension ProcessGroup {
  /// What each process reports, by rank; nothing of one alone.
  func reports(_ own: UpdateTimes) throws -> [ProcessReport] {
    guard size > 1 else { return [] }
    return try gather(numbers: [
      traffic.seconds.bitPattern, traffic.bytes, own.gradients.bitPattern, own.weights.bitPattern,
    ]).enumerated().map { rank, numbers in
      ProcessReport(
        host: hosts[rank], seconds: Double(bitPattern: numbers[0]), bytes: Int(numbers[1]),
        times: UpdateTimes(
          gradients: Double(bitPattern: numbers[2]), weights: Double(bitPattern: numbers[3])))
    }
  }
}
