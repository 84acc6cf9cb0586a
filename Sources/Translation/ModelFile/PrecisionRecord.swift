package import DragomanFormats
import DragomanSystem

/// What the metadata of a file tell of the bits in which its weights were rounded.
///
///     {"weights": "int8", "rounded": ["int8"], "tool": "dragoman 0.1.0"}
package struct PrecisionRecord: Sendable, Equatable {
  /// In what precision the weights of this file are stored.
  package let weights: WeightPrecision
  /// Every precision that weights were rounded to, one after the other: what is lost does not come back.
  package let rounded: [WeightPrecision]
  /// The program that rounded them last.
  package let tool: String

  /// The record of a file of weights in a precision, which were rounded as `earlier` tells; `nil` if nothing is lost.
  init?(_ weights: WeightPrecision, after earlier: PrecisionRecord?) {
    let rounded = earlier?.rounded ?? []
    self.weights = weights
    self.rounded = weights == .f32 || rounded.last == weights ? rounded : rounded + [weights]
    tool = "dragoman \(Translator.version)"
    if self.rounded.isEmpty { return nil }
  }

  /// What a file tells; `nil` if its weights are as they were trained.
  package init?(of file: SafetensorsReader) throws {
    guard file.metadata[ModelFileKey.precision] != nil else { return nil }
    let json = try file.json(ModelFileKey.precision)
    let rounded = (json["rounded"]?.array ?? []).map { $0.string.flatMap(WeightPrecision.init) }
    guard let weights = json["weights"]?.string.flatMap(WeightPrecision.init),
      let tool = json["tool"]?.string, !rounded.isEmpty, !rounded.contains(nil)
    else {
      let names = Words.choice(WeightPrecision.allCases.map(\.rawValue))
      throw ModelFileError.metadata(
        path: file.path, key: ModelFileKey.precision,
        expected: "weights and rounded, a list, of \(names), and a tool",
        found: Excerpt.quoted(json.serialized()))
    }
    (self.weights, self.rounded, self.tool) = (weights, rounded.compactMap { $0 }, tool)
  }

  /// What the metadata say.
  package var json: JSON {
    [
      "weights": .string(weights.rawValue), "rounded": .strings(rounded.map(\.rawValue)),
      "tool": .string(tool),
    ]
  }

  /// What people read: `int8, rounded by dragoman 0.1.0`.
  package var words: String {
    let names = rounded.map(\.rawValue)
    let isPlain = names == [weights.rawValue]
    return
      "\(weights.rawValue), rounded \(isPlain ? "" : "to \(names.joined(separator: ", then to ")) ")by \(tool)"
  }
}
