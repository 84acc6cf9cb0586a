import DragomanFormats

/// What stands before the samples of a portable map.
struct NetpbmHeader {
  /// How samples are written.
  enum Coding {
    case text
    case bits
    case bytes
  }

  let coding: Coding
  /// Whether samples are bits of which 1 is black.
  let isBitmap: Bool
  private(set) var width = 0
  private(set) var height = 0
  private(set) var channels = 1
  /// The value that is 1, at most 65,535.
  private(set) var largest = 1

  /// Reads the header of a file that begins with P and a digit.
  init(_ scanner: inout NetpbmScanner) throws {
    let kind = scanner.takeKind()
    coding = kind <= 3 ? .text : kind == 4 ? .bits : .bytes
    isBitmap = kind == 1 || kind == 4
    let start = scanner.position
    if kind == 7 {
      try readPAM(&scanner)
    } else {
      channels = kind % 3 == 0 ? 3 : 1
      width = try scanner.number("a width", atMost: Self.side)
      height = try scanner.number("a height", atMost: Self.side)
      if !isBitmap { largest = try Self.largest(&scanner) }
      if coding != .text { try scanner.endHeader() }
    }
    guard Image.isPlausible(height: height, width: width, channels: channels) else {
      throw Image.implausible(
        file: scanner.file, offset: start, height: height, width: width, channels: channels)
    }
  }

  /// Numbers above this are not sizes; those below it are multiplied without overflow.
  private static let side = 1 << 30

  private static func largest(_ scanner: inout NetpbmScanner) throws -> Int {
    try scanner.number("the largest value of a sample", atMost: 65535, atLeast: 1)
  }

  /// Lines of a word and a value, in any order, up to ENDHDR; http://netpbm.sourceforge.net/doc/pam.html.
  private mutating func readPAM(_ scanner: inout NetpbmScanner) throws {
    var missing: Set = ["WIDTH", "HEIGHT", "DEPTH", "MAXVAL"]
    while true {
      let at = scanner.position
      let word = try scanner.word()
      switch word {
      case "WIDTH": width = try scanner.number("a width", atMost: Self.side)
      case "HEIGHT": height = try scanner.number("a height", atMost: Self.side)
      case "DEPTH": channels = try scanner.number("a depth", atMost: 4, atLeast: 1)
      case "MAXVAL": largest = try Self.largest(&scanner)
      case "TUPLTYPE": scanner.skipLine()
      case "ENDHDR":
        guard missing.isEmpty else {
          throw scanner.error(
            at, "a line \(missing.sorted().joined(separator: " and one "))", "the end of the header"
          )
        }
        return try scanner.endHeader()
      default:
        throw scanner.error(
          at, "WIDTH, HEIGHT, DEPTH, MAXVAL, TUPLTYPE or ENDHDR", Excerpt.quoted(word))
      }
      missing.remove(word)
    }
  }

  /// A value as a share of the largest.
  func share(_ value: Int) -> Float { Float(value) / Float(largest) }
}
