import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `A table of strings` {
  /// Strings that are easily taken for one another: of few different bytes, zero among them, around the
  /// length up to which a key holds the whole string, and long ones that differ in one byte.
  static let strings: [[UInt8]] = {
    var random = SplitMix(seed: 8)
    var strings: [[UInt8]] = (0...40).map { Array(repeating: 0, count: $0) }
    for _ in 0..<5000 {
      strings.append(
        (0..<Int.random(in: 0...18, using: &random)).map { _ in
          [0, 0, 1, 97, 255].randomElement(using: &random) ?? 0
        })
    }
    for length in 12...40 {
      for place in 0..<length {
        var string = [UInt8](repeating: 97, count: length)
        string[place] = 98
        strings.append(string)
      }
    }
    return strings
  }()

  /// Strings that all lie in one place for a hash that everybody knows; two minutes would not do for a chain of them.
  @Test(.timeLimit(.minutes(1)))
  func `takes strings that were written to collide in its stride`() {
    var table = StringTable()
    for number in 0..<400_000 as Range<UInt64> {
      let high = number | 15 << 56
      let low = 0x1234_5678_9ABC_DEF0 ^ high &* 0xC2B2_AE3D_27D4_EB4F
      let bytes =
        (0..<8).map { UInt8(truncatingIfNeeded: low >> (8 * $0)) }
        + (0..<7).map { UInt8(truncatingIfNeeded: high >> (8 * $0)) }
      _ = table.insert(bytes.span)
    }
    #expect(table.count == 400_000)
  }

  @Test func `numbers strings as a dictionary would`() {
    var table = StringTable()
    var numbers: [[UInt8]: Int32] = [:]
    for string in Self.strings {
      #expect(table.find(string.span) == numbers[string])
      let number = table.insert(string.span)
      #expect(number == numbers[string] ?? Int32(numbers.count))
      numbers[string] = number
    }
    #expect(table.count == numbers.count)
    for (string, number) in numbers {
      #expect(table.find(string.span) == number)
      #expect(Array(table.strings.utf8(at: Int(number))) == string)
    }
  }
}
