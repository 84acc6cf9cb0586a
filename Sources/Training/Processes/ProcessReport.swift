import DragomanSystem

/// What one of several processes that train together had to do with the others since it began.
package struct ProcessReport: Sendable, Equatable {
  /// Its machine.
  package let host: String
  /// Seconds in which it sent and waited.
  package let seconds: Double
  /// Bytes that it has sent.
  package let bytes: Int

  /// A report.
  package init(host: String, seconds: Double, bytes: Int) {
    (self.host, self.seconds, self.bytes) = (host, seconds, bytes)
  }
}

extension ProcessGroup {
  /// What each process reports, by rank; nothing of one alone.
  func reports() throws -> [ProcessReport] {
    guard size > 1 else { return [] }
    return try gather(numbers: [traffic.seconds.bitPattern, traffic.bytes]).enumerated().map {
      rank, numbers in
      ProcessReport(
        host: hosts[rank], seconds: Double(bitPattern: numbers[0]), bytes: Int(numbers[1]))
    }
  }
}
