/// Whole numbers of a file as shares of the largest one.
enum SampleScale {
  /// The shares of bytes.
  static let bytes = shares(255)

  /// `0 / largest`, `1 / largest`, … `1`; division is rounded correctly, so they are the same on every machine.
  static func shares(_ largest: Int) -> [Float] {
    (0...largest).map { Float($0) / Float(largest) }
  }
}
