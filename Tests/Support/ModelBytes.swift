import DragomanFormats

/// Changes to the bytes of a model file that keep its checksum right, as another program or version makes them.
package enum ModelBytes {
  /// The file with a checksum that is right again.
  package static func stamped(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let digits = digits(in: bytes)
    bytes.replaceSubrange(digits, with: Array("00000000".utf8))
    bytes.replaceSubrange(digits, with: Array(checksum(bytes).utf8))
    return bytes
  }

  /// The file as version 0.1 would have written it, whose checksum is that of the tensors' bytes.
  package static func ofVersion1(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = replacing(
      #""dragoman.format":"2""#, by: #""dragoman.format":"1""#, in: bytes)
    let start = 8 + bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    bytes.replaceSubrange(digits(in: bytes), with: Array(checksum(Array(bytes[start...])).utf8))
    return bytes
  }

  /// The file with another text of the same length in its header.
  package static func replacing(_ old: String, by new: String, in bytes: [UInt8]) -> [UInt8] {
    precondition(old.utf8.count == new.utf8.count, "'\(old)' is not as long as '\(new)'")
    guard let place = bytes.firstRange(of: Array(old.utf8)) else {
      preconditionFailure("'\(old)' is not in the file")
    }
    var bytes = bytes
    bytes.replaceSubrange(place, with: Array(new.utf8))
    return bytes
  }

  private static func digits(in bytes: [UInt8]) -> Range<Int> {
    guard let key = bytes.firstRange(of: Array(#""dragoman.checksum":""#.utf8)) else {
      preconditionFailure("the file has no checksum")
    }
    return key.upperBound..<key.upperBound + 8
  }

  private static func checksum(_ bytes: [UInt8]) -> String {
    var checksum = Checksum()
    checksum.add(bytes)
    return checksum.text
  }
}
