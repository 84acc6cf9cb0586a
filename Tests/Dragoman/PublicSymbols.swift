import Foundation

/// Public declarations, as the compiler's symbol graphs tell them.
struct PublicSymbols {
  /// A declaration a line, each below the one it belongs to.
  let text: String

  /// Reads all symbol graphs of a folder.
  init(folder: String) throws {
    let graphs = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".symbols.json") }
    let symbols = try graphs.flatMap { name in
      let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
      return try JSONDecoder().decode(Graph.self, from: data).symbols
    }
    text = symbols.sorted().map(\.line).joined()
  }

  private struct Graph: Decodable {
    let symbols: [Symbol]
  }

  private struct Symbol: Decodable, Comparable {
    let pathComponents: [String]
    let declarationFragments: [Fragment]

    /// The declaration without line breaks and attributes' indentation.
    var declaration: String {
      declarationFragments.map(\.spelling).joined().split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
    }

    var line: String {
      String(repeating: "  ", count: pathComponents.count - 1) + declaration + "\n"
    }

    static func == (one: Symbol, other: Symbol) -> Bool { !(one < other) && !(other < one) }

    static func < (one: Symbol, other: Symbol) -> Bool {
      guard one.pathComponents == other.pathComponents else {
        return one.pathComponents.lexicographicallyPrecedes(other.pathComponents)
      }
      return one.declaration < other.declaration
    }
  }

  private struct Fragment: Decodable {
    let spelling: String
  }
}
