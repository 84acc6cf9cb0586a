/// One thing that reads what strangers write.
public struct FuzzTarget: Sendable {
  let name: String
  /// Reads an input; whatever traps, hangs, takes too much memory or breaks a promise is a finding.
  let body: @Sendable ([UInt8]) -> Void
  /// Inputs that only the target itself can make; `fuzz.py --write-seeds` asks for them.
  let seeds: @Sendable () -> [[UInt8]]

  /// A target.
  public init(
    name: String, body: @escaping @Sendable ([UInt8]) -> Void,
    seeds: @escaping @Sendable () -> [[UInt8]] = { [] }
  ) {
    (self.name, self.body, self.seeds) = (name, body, seeds)
  }
}

extension [UInt8] {
  /// What stands between bytes that are in no UTF-8.
  public var parts: [[UInt8]] {
    split(separator: 0xFF, omittingEmptySubsequences: false).map { Array($0) }
  }

  /// The bytes as text, broken ones repaired.
  public var text: String { String(decoding: self, as: UTF8.self) }
}
