/// CRC-32, as gzip, zip and PNG use it: reflected polynomial 0xEDB88320; RFC 1952, section 8.
package struct CRC32: Sendable {
  private var state = CyclicCode.start

  /// The checksum of nothing yet.
  package init() {}

  /// The checksum of bytes.
  package init(of bytes: ArraySlice<UInt8>) { add(bytes) }

  /// The checksum of what was added.
  package var value: UInt32 { ~state }

  /// Adds bytes.
  package mutating func add(_ bytes: ArraySlice<UInt8>) {
    state = CyclicCode.gzip.state(state, adding: bytes.span)
  }
}
