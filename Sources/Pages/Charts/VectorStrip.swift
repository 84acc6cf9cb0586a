import DragomanFormats

/// The numbers of a vector as shades: blue above 0, orange below.
///
/// The strip has at most ``cells`` cells; a cell of a longer vector is the mean of its numbers. The numbers themselves
/// stand in the element, bit by bit, and the page's script shows them under the pointer.
package struct VectorStrip {
  /// What the deepest shade stands for.
  package enum Scale: Equatable {
    /// 1, as for gates.
    case unit
    /// The greatest magnitude of some vectors that are compared.
    case upTo(Float)

    /// The scale of vectors that are compared.
    package static func of(_ vectors: [[Float]]) -> Scale {
      .upTo(vectors.joined().lazy.filter(\.isFinite).map(\.magnitude).max() ?? 0)
    }

    package var greatest: Float {
      switch self {
      case .unit: 1
      case .upTo(let value): value
      }
    }
  }

  /// Cells at most.
  package static let cells = 64

  package let values: [Float]
  package let scale: Scale

  /// The strip of a vector.
  package init(values: [Float], scale: Scale) {
    (self.values, self.scale) = (values, scale)
  }

  /// The shades.
  package var svg: HTML {
    let greatest = Double(scale.greatest)
    return Shades.picture(
      [Self.means(values).map { Shades.shade(Double($0), of: greatest) }], class: "strip")
  }

  /// A row: what the vector is, its strip, and its first numbers and its last.
  ///
  /// - Parameters:
  ///   - name: what the script calls it beside a number.
  ///   - symbol: what stands before the strip, its equation for example.
  ///   - tag: `summary` where a row unfolds others.
  ///   - positions: whose tokens the numbers belong to, `source` or `target`, and the place of the first, if they do.
  package func row(
    _ name: String, _ symbol: HTML, as tag: HTML.Tag = .div,
    positions: (side: String, first: Int)? = nil
  ) -> HTML {
    HTML(
      tag,
      [.class("vector"), .data("values", Base64.text(values)), .data("name", name)]
        + (tag == .summary ? [] : [.isFocusable])
        + (positions.map { [.data("of", $0.side), .data("first", "\($0.first)")] } ?? []),
      HTML(.span, [.class("symbol")], symbol), svg,
      HTML(.span, [.class("few")], .text(few)))
  }

  /// The first three numbers and the last.
  private var few: String {
    let texts = (values.count > 4 ? values.prefix(3) + values.suffix(1) : values[...]).map {
      Self.text(Double($0), greatest: Double(scale.greatest))
    }
    guard values.count > 4 else { return texts.joined(separator: "  ") }
    return texts.prefix(3).joined(separator: "  ") + " … " + texts[3]
  }

  /// A number in a few digits, beside others of which this is the greatest.
  package static func text(_ value: Double, greatest: Double) -> String {
    guard greatest < 0.01, value != 0, value.isFinite else {
      let decimals = greatest >= 100 ? 1 : greatest >= 10 ? 2 : 3
      return NumberText.fixed(value, decimals: decimals).replacing("-", with: "−")
    }
    var (mantissa, exponent) = (value.magnitude, 0)
    while mantissa < 0.995 { (mantissa, exponent) = (mantissa * 10, exponent + 1) }
    let digits = NumberText.fixed(mantissa, decimals: 1)
    return "\(value < 0 ? "−" : "")\(digits)e−\(exponent)"
  }

  private static func means(_ values: [Float]) -> [Float] {
    guard values.count > cells else { return values }
    return (0..<cells).map { cell in
      let part = values[(cell * values.count / cells)..<((cell + 1) * values.count / cells)]
      return part.reduce(0, +) / Float(part.count)
    }
  }
}
