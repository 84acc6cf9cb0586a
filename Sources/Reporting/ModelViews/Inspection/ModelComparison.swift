import DragomanPages
import DragomanModels
package import DragomanFormats
import DragomanTensor
import DragomanText
import DragomanTranslation

/// What two files have in common and what not: configuration, vocabularies and every tensor.
package struct ModelComparison {
  /// How a tensor of the one file stands to that of the same name in the other.
  enum Difference: Equatable {
    /// Only the first file has it.
    case added
    /// Only the second file has it.
    case missing
    /// The shapes are not the same.
    case shape([Int], [Int])
    /// Some type whose values are not plain numbers.
    case incomparable
    /// ‖a − b‖ / ‖b‖; 0 for equal numbers.
    case distance(Double)
  }

  private let path: String
  private let other: String
  /// Keys of the configuration that differ, with both values; `nil` where there is none.
  let keys: [(key: String, value: String?, other: String?)]
  /// What is to be said of the vocabularies.
  let vocabularies: [String]
  /// Every tensor of either file: those that differ most first, equal ones last.
  let tensors: [(name: String, difference: Difference)]

  /// Compares a file with another.
  package init(_ inspection: Inspection, against other: Inspection) throws {
    path = inspection.file.path
    self.other = other.file.path
    let (own, theirs) = (inspection.saved?.comparable, other.saved?.comparable)
    keys =
      own.flatMap { own in
        theirs.map { theirs in
          own.differences(from: theirs).map {
            ($0, own.value(at: $0)?.serialized(), theirs.value(at: $0)?.serialized())
          }
        }
      } ?? []
    vocabularies = Self.vocabularies(inspection, other)
    let (tensors, others) = Self.tensors(inspection, other)
    let names = Set(tensors.map(\.name))
    let missing = others.map(\.name).filter { !names.contains($0) }
    let both = try tensors.map { tensor in
      (tensor.name, try Self.difference(tensor, inspection.file, other.file))
    }
    self.tensors = (both + missing.map { ($0, .missing) }).enumerated()
      .sorted { ($1.element.1.rank, $0.offset) < ($0.element.1.rank, $1.offset) }
      .map { (name: $0.element.0, difference: $0.element.1) }
  }

  /// The tensors that count: of a model that can be resumed and one that cannot, those of the models alone.
  private static func tensors(
    _ one: Inspection, _ other: Inspection
  ) -> ([SafetensorsReader.Tensor], [SafetensorsReader.Tensor]) {
    func own(_ inspection: Inspection) -> [SafetensorsReader.Tensor] {
      // The scales of a matrix are in its numbers.
      let tensors = inspection.file.tensors.filter { inspection.file.matrix(scaledBy: $0) == nil }
      guard one.saved != nil, other.saved != nil, one.isResumable != other.isResumable,
        let layout = inspection.saved?.stored.layout
      else { return tensors }
      let names = Set(layout.entries.map(\.name))
      return tensors.filter { names.contains($0.name) }
    }
    return (own(one), own(other))
  }

  private static func vocabularies(_ one: Inspection, _ other: Inspection) -> [String] {
    guard let saved = one.saved, let theirs = other.saved else { return [] }
    return Self.sides(saved, theirs)
      .compactMap { side, codec, other in
        guard codec != other else { return nil }
        let tokens = Set(codec.vocabulary.tokens)
        let common = other.vocabulary.tokens.filter(tokens.contains).count
        return "\(side) vocabulary: \(NumberText.grouped(codec.vocabulary.count)) and "
          + "\(NumberText.grouped(other.vocabulary.count)) entries, \(NumberText.grouped(common)) "
          + "of them in both"
      }
  }

  /// The codecs of both models, side by side.
  private static func sides(
    _ one: SavedModel, _ other: SavedModel
  ) -> [(side: String, codec: TextCodec, other: TextCodec)] {
    switch (one, other) {
    case (.translation(let file), .translation(let theirs)):
      [("source", file.source, theirs.source), ("target", file.target, theirs.target)]
    default:
      zip(one.codecs, other.codecs).map { ($0.side, $0.codec, $1.codec) }
    }
  }

  private static func difference(
    _ tensor: SafetensorsReader.Tensor, _ file: SafetensorsReader, _ otherFile: SafetensorsReader
  ) throws -> Difference {
    guard let other = otherFile.tensor(named: tensor.name) else { return .added }
    guard tensor.shape == other.shape else { return .shape(tensor.shape, other.shape) }
    var (a, b): ([Double], [Double]) = ([], [])
    guard try file.readValues(tensor, { a += $0 }), try otherFile.readValues(other, { b += $0 })
    else { return .incomparable }
    let distance = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    let length = b.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return .distance(distance == 0 ? 0 : distance / length)
  }

  /// The differences for people.
  package var lines: [String] {
    var lines = ["\(path) against \(other)"]
    lines += keys.map { "  \($0.key): \($0.value ?? "not there"), not \($0.other ?? "there")" }
    lines += vocabularies.map { "  \($0)" }
    let changed = tensors.filter { $0.difference != .distance(0) }
    lines += TextTable(changed.map { ["  \($0.name)", $0.difference.words] }, leading: 2).lines
    let equal = tensors.count - changed.count
    return lines + ["  \(equal) of \(tensors.count) tensors are equal"]
  }

  /// The differences for programs.
  package var json: JSON {
    [
      "file": .string(path), "other": .string(other),
      "configuration": .array(
        keys.map { key, value, other in
          [
            "key": .string(key), "value": value.map { .string($0) } ?? .null,
            "other": other.map { .string($0) } ?? .null,
          ]
        }), "vocabularies": .strings(vocabularies),
      "tensors": .array(
        tensors.map { name, difference in
          let distance: JSON? =
            if case .distance(let distance) = difference { .double(distance) } else { nil }
          return [
            "name": .string(name), "difference": .string(difference.kind), "distance": distance,
          ]
        }),
    ]
  }
}

extension ModelComparison.Difference {
  /// What is worth being seen first.
  fileprivate var rank: Double {
    switch self {
    case .added, .missing, .shape, .incomparable: .infinity
    case .distance(let distance): distance.isNaN ? .infinity : distance
    }
  }

  fileprivate var kind: String {
    switch self {
    case .added: "added"
    case .missing: "missing"
    case .shape: "shape"
    case .incomparable: "incomparable"
    case .distance: "distance"
    }
  }

  fileprivate var words: String {
    switch self {
    case .added: "only in the first file"
    case .missing: "only in the second file"
    case .shape(let own, let other): "shape \(own), not \(other)"
    case .incomparable: "no plain numbers"
    case .distance(let distance): NumberText.significant(distance, digits: 4)
    }
  }
}
