/// Short series of three numbers, as an instrument on a table would give them, with two taps in each.
///
/// A tap is a bump in one of the first two columns; the class says in which, in their order: "x y" is a tap along x, then one along
/// y. The third column is noise. Which columns were tapped is not enough to tell "x y" from "y x": that takes the order.
enum Series {
  /// The classes, by the columns of the first and of the second tap.
  static let classes = ["x x", "x y", "y x", "y y"]

  /// The form of a tap, before its strength.
  static let bump = [20, 45, 60, 45, 20]

  /// Rows of three numbers from −128 to 127, and the number of their class.
  struct Example {
    let rows: [[Int]]
    let label: Int
  }

  /// The path of a part from the folder of data.
  static func path(_ part: Part) -> String { "series/\(part.rawValue).safetensors" }

  /// The files of the three parts.
  static func files() -> [(path: String, bytes: [UInt8])] {
    var random = Random("series")
    return [(Part.train, 400), (.validation, 100), (.test, 200)].map { part, count in
      var examples = (0..<count).map { example($0 % classes.count, &random) }
      random.shuffle(&examples)
      return (path(part), file(examples))
    }
  }

  private static func example(_ label: Int, _ random: inout Random) -> Example {
    let length = 20 + random.below(21)
    let drift = (0..<3).map { _ in random.below(21) - 10 }
    var rows = (0..<length).map { _ in drift.map { $0 + random.below(25) - 12 } }
    // The second tap begins when the first is over.
    let first = random.below(length - 2 * bump.count + 1)
    let second = first + bump.count + random.below(length - first - 2 * bump.count + 1)
    for (start, column) in [(first, label / 2), (second, label % 2)] {
      let strength = 60 + random.below(41)
      for (step, height) in bump.enumerated() {
        rows[start + step][column] += height * strength / 100
      }
    }
    return Example(rows: rows, label: label)
  }

  /// A safetensors file: `features` [rows, 3] of 8 bits, `lengths` and `labels`, the names of the classes in the metadata.
  private static func file(_ examples: [Example]) -> [UInt8] {
    let rows = examples.flatMap(\.rows).flatMap { $0 }
    let tensors: [(name: String, type: String, shape: String, bytes: [UInt8])] = [
      ("features", "I8", "\(rows.count / 3),3", rows.map { UInt8(truncatingIfNeeded: $0) }),
      ("lengths", "U8", "\(examples.count)", examples.map { UInt8($0.rows.count) }),
      ("labels", "U8", "\(examples.count)", examples.map { UInt8($0.label) }),
    ]
    let names = classes.map { "\\\"\($0)\\\"" }.joined(separator: ",")
    var entries = ["\"__metadata__\":{\"names\":\"[\(names)]\"}"]
    var offset = 0
    for tensor in tensors {
      let end = offset + tensor.bytes.count
      entries.append(
        "\"\(tensor.name)\":{\"dtype\":\"\(tensor.type)\",\"shape\":[\(tensor.shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    return length + header + tensors.flatMap(\.bytes)
  }
}
