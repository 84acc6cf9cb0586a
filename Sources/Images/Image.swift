/// A picture: `[H·W, C]` numbers from 0 to 1, row after row from the top, the channels of a pixel beside each other.
///
/// One channel is grey, two are grey and alpha, three are red, green and blue, four are these and alpha. Alpha is not
/// premultiplied. Numbers are as the file says them: no gamma, no profile, no orientation is applied.
package struct Image: Sendable, Equatable {
  /// Rows.
  package let height: Int
  /// Columns.
  package let width: Int
  /// Numbers of a pixel, 1 to 4.
  package let channels: Int
  /// The numbers, `[H·W, C]`.
  @usableFromInline
  package internal(set) var samples: [Float]

  /// The most samples an image may have, 16,384 × 16,384 in grey: a gigabyte.
  package static let largest = 1 << 28

  /// An image of these samples.
  package init(height: Int, width: Int, channels: Int, samples: [Float]) {
    precondition(
      Self.isPlausible(height: height, width: width, channels: channels)
        && samples.count == height * width * channels,
      "an image of \(height) × \(width) × \(channels) with \(samples.count) samples")
    (self.height, self.width, self.channels) = (height, width, channels)
    self.samples = samples
  }

  /// An image that is the same everywhere.
  package init(height: Int, width: Int, channels: Int, repeating value: Float = 0) {
    precondition(
      Self.isPlausible(height: height, width: width, channels: channels),
      "an image of \(height) × \(width) × \(channels)")
    self.init(
      height: height, width: width, channels: channels,
      samples: [Float](repeating: value, count: height * width * channels))
  }

  /// An image of bytes, of which 255 is 1.
  package init(height: Int, width: Int, channels: Int, bytes: [UInt8]) {
    let shares = SampleScale.bytes
    self.init(
      height: height, width: width, channels: channels, samples: bytes.map { shares[Int($0)] })
  }

  /// The samples as bytes, a quarter of the memory: each times 255, rounded; what lies outside 0…1 is moved to its
  /// edge, what is not a number to 0.
  package var bytes: [UInt8] {
    samples.map { UInt8(min(max(0, $0), 1) * 255 + 0.5) }
  }

  /// A number of a pixel.
  @inlinable
  package subscript(row: Int, column: Int, channel: Int) -> Float {
    get { samples[(row * width + column) * channels + channel] }
    set { samples[(row * width + column) * channels + channel] = newValue }
  }

  /// Whether the last channel is alpha.
  package var hasAlpha: Bool { channels == 2 || channels == 4 }

  /// Whether there may be an image of this size; nothing overflows, whatever the numbers.
  static func isPlausible(height: Int, width: Int, channels: Int) -> Bool {
    guard height > 0, width > 0, (1...4).contains(channels) else { return false }
    let (pixels, overflow) = height.multipliedReportingOverflow(by: width)
    return !overflow && pixels <= largest / channels
  }
}
