import DragomanSystem
import DragomanFormats
import DragomanTensor
import Testing

/// A part of `Tests/Golden/cells.json`, or of another such file: a cell, a scorer or a layer on its own, in float64.
///
/// Padded tensors `[B, T, …]` are read sentence by sentence without what is padding.
struct CellFixture {
  let json: JSON

  init(_ path: String..., in name: String = "cells.json") throws {
    let file =
      #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" }
      + "/Golden/\(name)"
    var json = try JSON.parse(try Files.read(file), file: file)
    for name in path { json = try #require(json[name], "\(name)") }
    self.json = json
  }

  func tensor(_ group: String, _ name: String) throws -> (shape: [Int], data: [Double]) {
    let tensor = try #require(json[group]?[name], "\(group).\(name)")
    return (
      try #require(tensor["shape"]?.array).map { try #require($0.int) },
      try #require(tensor["data"]?.array).map { try #require($0.double) }
    )
  }

  func lengths(_ name: String) throws -> [Int] {
    try #require(json["inputs"]?[name]?.array).map { try #require($0.int) }
  }

  func offsets(_ name: String) throws -> [Int32] {
    try lengths(name).reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1)) }
  }

  /// The elements of a tensor, without padding if it has lengths.
  func elements(_ group: String, _ name: String, lengths: [Int]? = nil) throws -> [Double] {
    let (shape, data) = try tensor(group, name)
    guard let lengths else { return data }
    return lengths.enumerated().flatMap { sentence, length in
      data[(sentence * shape[1] * shape[2])..<((sentence * shape[1] + length) * shape[2])]
    }
  }

  /// The same as a matrix with a row per token, or per sentence.
  func matrix(_ group: String, _ name: String, lengths: [Int]? = nil) throws -> Matrix {
    let columns = try #require(try tensor(group, name).shape.last)
    let elements = try elements(group, name, lengths: lengths)
    return Matrix(rows: elements.count / columns, columns: columns, elements.map { Float($0) })
  }

  /// The fixture of a layer of a Transformer.
  static func transformer(_ part: String) throws -> CellFixture {
    try CellFixture(part, in: "Transformer/transformer_layers.json")
  }

  /// Weights with the fixture's parameters, whose names follow `layer.` in ours.
  func parameters(_ layout: ParameterLayout, prefix: String = "layer.") throws -> Parameters {
    let result = Parameters(layout: layout)
    for entry in layout.entries {
      try fill(result[entry.handle], String(entry.name.dropFirst(prefix.count)))
    }
    return result
  }

  func fill(_ matrix: Matrix, _ name: String) throws {
    for (index, value) in try elements("params", name).enumerated() {
      matrix[index / matrix.columns, index % matrix.columns] = Float(value)
    }
  }
}

/// Records the element that is farthest off, if it is farther than `tolerance`.
func expectClose(
  _ found: Matrix, _ expected: [Double], within tolerance: Double = 1e-5, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let elements = found.elements
  #expect(elements.count == expected.count, "\(what)", sourceLocation: sourceLocation)
  for (index, (a, b)) in zip(elements, expected).enumerated()
  where !(abs(Double(a) - b) <= tolerance) {
    Issue.record(
      "\(what)[\(index / found.columns), \(index % found.columns)] is \(a), expected \(b)",
      sourceLocation: sourceLocation)
    return
  }
}
