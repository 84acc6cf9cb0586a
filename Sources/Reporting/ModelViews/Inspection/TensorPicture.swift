import DragomanPages
import DragomanSystem
package import DragomanFormats

/// The numbers of a tensor as a histogram and as a map of their sizes.
package struct TensorPicture: Sendable {
  /// The tensor.
  package let tensor: SafetensorsReader.Tensor
  /// What is to be known of its numbers.
  package let statistics: TensorStatistics
  /// Numbers in each of ``bins`` equal parts of the range.
  let counts: [Int]
  /// The root mean square of blocks of the matrix, rows of columns; the largest map has ``mapRows`` × ``mapColumns``.
  let map: [[Double]]

  static let bins = 20
  static let mapRows = 32
  static let mapColumns = 64

  /// Reads a tensor; throws ``NoPicture`` for one that is not there or holds no plain numbers.
  package init(_ name: String, of inspection: Inspection) throws {
    let file = inspection.file
    guard let tensor = file.tensor(named: name) else {
      throw NoPicture.unknown(
        file: file.path, name: name,
        nearest: Suggestion.nearest(to: name, among: file.tensors.map(\.name)))
    }
    var values: [Double] = []
    guard let statistics = try TensorStatistics(tensor, of: file),
      try file.readValues(tensor, { values += $0 })
    else { throw NoPicture.noNumbers(file: file.path, name: name, type: tensor.type.rawValue) }
    self.tensor = tensor
    self.statistics = statistics
    counts = Self.histogram(values, statistics)
    // A vector is one row; of more axes, the first one stays.
    let rows = tensor.shape.count < 2 ? min(values.count, 1) : tensor.shape[0]
    map = values.isEmpty ? [] : Self.blocks(values, rows: rows, columns: values.count / rows)
  }

  private static func histogram(_ values: [Double], _ statistics: TensorStatistics) -> [Int] {
    var counts = [Int](repeating: 0, count: bins)
    // Halves, since a range of doubles may be greater than the greatest of them.
    let range = statistics.maximum / 2 - statistics.minimum / 2
    for value in values where value.isFinite {
      let place = range > 0 ? (value / 2 - statistics.minimum / 2) / range * Double(bins) : 0
      counts[min(Int(place), bins - 1)] += 1
    }
    return counts
  }

  private static func blocks(_ values: [Double], rows: Int, columns: Int) -> [[Double]] {
    // Squares of doubles may be greater than the greatest of them.
    let greatest = values.lazy.filter(\.isFinite).map(\.magnitude).max() ?? 0
    let (height, width) = (min(rows, mapRows), min(columns, mapColumns))
    return (0..<height).map { row in
      (0..<width).map { column in
        var (sum, count) = (0.0, 0)
        let scale = greatest > 1e100 ? greatest : 1
        for i in (row * rows / height)..<((row + 1) * rows / height) {
          for j in (column * columns / width)..<((column + 1) * columns / width) {
            let value = values[i * columns + j]
            guard value.isFinite else { continue }
            sum += value / scale * (value / scale)
            count += 1
          }
        }
        return count == 0 ? 0 : scale * (sum / Double(count)).squareRoot()
      }
    }
  }

  /// The picture for people; in 256 colours, or in characters.
  package func lines(hasColour: Bool) -> [String] {
    let shape = tensor.shape.map(String.init).joined(separator: ", ")
    var lines = ["\(tensor.name): \(tensor.type.rawValue) [\(shape)]"]
    guard statistics.count > 0 else { return lines + ["no finite numbers"] }
    lines.append(
      [
        ("mean", statistics.mean), ("deviation", statistics.deviation),
        ("minimum", statistics.minimum), ("maximum", statistics.maximum),
      ].map { "\($0) \(number($1))" }.joined(separator: ", "))
    return lines + [""] + histogramLines + ["", caption] + mapLines(hasColour: hasColour)
  }

  private var histogramLines: [String] {
    let most = max(counts.max() ?? 1, 1)
    let step = (statistics.maximum / 2 - statistics.minimum / 2) / Double(Self.bins) * 2
    let figures = counts.enumerated().map { bin, count in
      [number(statistics.minimum + Double(bin) * step), NumberText.grouped(count)]
    }
    return zip(TextTable(figures, leading: 0).lines, counts).map { figures, count in
      // A bin that holds something shows something.
      count == 0
        ? "  \(figures)"
        : "  \(figures)  " + String(repeating: "█", count: (count * 40 + most - 1) / most)
    }
  }

  private var caption: String {
    let (rows, columns) = (map.count, map.first?.count ?? 0)
    let most = map.joined().max() ?? 0
    return "root mean square of \(rows) × \(columns) blocks, from 0 to \(number(most))"
  }

  private func mapLines(hasColour: Bool) -> [String] {
    let most = max(map.joined().max() ?? 0, .leastNonzeroMagnitude)
    guard hasColour else {
      return map.map { row in
        "  " + String(row.map { AttentionPicture.shade(Float($0 / most)) })
      }
    }
    // The palette's 24 greys, 232 to 255; two rows of blocks in one row of text.
    func grey(_ value: Double) -> Int { 232 + min(Int(value / most * 24), 23) }
    return stride(from: 0, to: map.count, by: 2).map { row in
      let cells = map[row].indices.map { column in
        "\u{1B}[38;5;\(grey(map[row][column]))"
          + (row + 1 < map.count ? ";48;5;\(grey(map[row + 1][column]))" : "") + "m▀"
      }
      return "  " + cells.joined() + "\u{1B}[0m"
    }
  }

  private func number(_ value: Double) -> String { NumberText.significant(value, digits: 3) }

  /// The picture for programs.
  package var json: JSON {
    let own: JSON = [
      "name": .string(tensor.name), "type": .string(tensor.type.rawValue),
      "shape": .ints(tensor.shape), "nonFinite": .int(statistics.nonFinite),
    ]
    guard statistics.count > 0 else { return own }
    return own.adding([
      "mean": .double(statistics.mean), "deviation": .double(statistics.deviation),
      "minimum": .double(statistics.minimum), "maximum": .double(statistics.maximum),
      "norm": .double(statistics.norm), "histogram": .ints(counts),
      "map": .array(map.map { .array($0.map { .double($0) }) }),
    ])
  }
}

/// A tensor cannot be shown.
package enum NoPicture: Error, CustomStringConvertible {
  /// The file has none of this name.
  case unknown(file: String, name: String, nearest: String?)
  /// Its values are not plain numbers.
  case noNumbers(file: String, name: String, type: String)

  /// What is wrong, and what may have been meant.
  package var description: String {
    switch self {
    case .unknown(let file, let name, let nearest):
      "\(file): there is no tensor '\(name)'; "
        + (nearest.map { "did you mean '\($0)'?" } ?? "--tensors lists all of them")
    case .noNumbers(let file, let name, let type):
      "\(file): tensor '\(name)' is of type \(type); expected plain numbers"
    }
  }
}
