import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import Foundation

@testable import DragomanImages

/// The path of a file that `Golden/make_images.py` made.
func goldenPath(_ name: String) -> String { Bundle.module.bundlePath + "/Golden/\(name)" }

/// All PNG files of `Golden/png.zip`, by name.
func goldenPNGs() throws -> [String: [UInt8]] {
  let archive = try ZipArchive(path: goldenPath("png.zip"))
  return Dictionary(
    uniqueKeysWithValues: try archive.members.map { member in
      (String(member.name.dropLast(4)), try archive.read(member, atMost: 100_000))
    })
}

/// One of them.
func goldenPNG(_ name: String) throws -> [UInt8] {
  guard let bytes = try goldenPNGs()[name] else { throw CocoaError(.fileNoSuchFile) }
  return bytes
}

/// What reading an image in memory throws, in words.
func message(_ bytes: [UInt8], file: String = "F") -> String {
  do {
    _ = try Image(bytes: bytes, file: file)
    return "no error"
  } catch { return "\(error)" }
}

/// What is to be done about a damaged file.
let damaged = " It was cut short or damaged; copy or download it again."

extension SplitMix {
  /// A number below `count`.
  mutating func below(_ count: Int) -> Int { Int(next() >> 33) % count }

  /// One to four bytes changed, added or taken away.
  mutating func mutate(_ bytes: inout [UInt8]) {
    for _ in 0...below(4) {
      guard !bytes.isEmpty else { return }
      let at = below(bytes.count)
      switch below(4) {
      case 0: bytes[at] = UInt8(truncatingIfNeeded: next())
      case 1: bytes[at] ^= 1 << UInt8(below(8))
      case 2: bytes.insert(UInt8(truncatingIfNeeded: next()), at: at)
      default: bytes.remove(at: at)
      }
    }
  }
}

extension Image {
  /// An image whose samples differ, below 1.
  static func example(height: Int, width: Int, channels: Int) -> Image {
    Image(
      height: height, width: width, channels: channels,
      samples: (0..<(height * width * channels)).map { Float($0 * 37 % 101) / 101 })
  }
}
