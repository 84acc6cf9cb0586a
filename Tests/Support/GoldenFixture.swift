package import DragomanModels
import DragomanSystem
package import DragomanFormats
import DragomanLayers
package import DragomanTensor
package import DragomanText
package import Testing

import DragomanTranslation

/// A float64 fixture of `Tests/Golden`, seen with our names.
package struct GoldenFixture {
  package let json: JSON
  /// Whether tensors have our names from the start, and not torch's.
  private let hasOurNames: Bool

  /// The fixtures of whole models in `Tests/Golden`.
  package static let models: [String] = {
    let names = (try? Files.list(directory)) ?? []
    let transformers = (try? Files.list("\(directory)/Transformer")) ?? []
    return names.filter { $0.hasSuffix(".json") && $0 != "cells.json" }.sorted()
      + transformers.filter { $0.hasSuffix(".json") && $0 != "transformer_layers.json" }.sorted()
      .map {
        "Transformer/\($0)"
      }
  }()

  package static let directory =
    #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Golden"

  package init(_ name: String) throws {
    let path = "\(Self.directory)/\(name)"
    hasOurNames = name.hasPrefix("Transformer/")
    json = try JSON.parse(try Files.read(path), file: path)
  }

  // MARK: The model

  package var configuration: ModelConfiguration {
    get throws {
      let config = try #require(json["config"])
      func int(_ json: JSON?, _ key: String) throws -> Int {
        try #require(json?[key]?.int, "\(key)")
      }
      func bool(_ json: JSON?, _ key: String) throws -> Bool {
        try #require(json?[key]?.bool as Bool?, "\(key)")
      }
      func string(_ json: JSON?, _ key: String) throws -> String {
        try #require(json?[key]?.string, "\(key)")
      }
      var result = ModelConfiguration()
      result.dropout = DropoutConfiguration(0)
      result.embedding = try int(config, "emb")
      if config["scorer"] != nil {
        result.attention.score = try #require(ScorerKind(rawValue: string(config, "scorer")))
      }
      result.attention.size = config["attn_dim"]?.int ?? 1
      result.attention.coverage = config["coverage"]?.bool ?? false
      result.attention.positions = config["location_max_positions"]?.int
      if let tied = config["tied"]?.string {
        result.tied = try #require(TiedWeights(rawValue: tied))
      }
      if let encoder = config["encoder"], encoder["kind"]?.string == "transformer" {
        result.encoder = .transformer(try Self.transformer(encoder))
      }
      if let decoder = config["decoder"], decoder["kind"]?.string == "transformer" {
        result.decoder = .transformer(try Self.transformer(decoder))
      }
      if let encoder = config["encoder"], let decoder = config["decoder"] {
        if result.encoder.recurrent != nil {
          result.recurrentEncoder.cell = try #require(CellKind(rawValue: string(encoder, "cell")))
          result.recurrentEncoder.hidden = try int(encoder, "hidden")
          result.recurrentEncoder.layers = try int(encoder, "layers")
          result.recurrentEncoder.bidirectional = try bool(encoder, "bidirectional")
        }
        if result.decoder.recurrent != nil {
          result.recurrentDecoder.cell = try #require(CellKind(rawValue: string(decoder, "cell")))
          result.recurrentDecoder.hidden = try int(decoder, "hidden")
          result.recurrentDecoder.layers = try int(decoder, "layers")
          result.recurrentDecoder.initialState = try #require(
            InitialState(rawValue: string(decoder, "initialState")))
          result.recurrentDecoder.bridge = try bool(decoder, "bridge")
          result.recurrentDecoder.feeding =
            decoder["contextFeeding"]?.string == "attentional"
            ? .attentional : try bool(decoder, "contextFeeding") ? .context : .none
        }
      } else {
        let isGRU = try string(config, "kind") == "bigru"
        result.recurrentEncoder.cell = isGRU ? .gru : .lstm
        result.recurrentEncoder.hidden = try int(config, "enc_hidden")
        result.recurrentEncoder.layers = try int(config, "enc_layers")
        result.recurrentEncoder.bidirectional = try bool(config, "bidirectional")
        result.recurrentDecoder.cell = isGRU ? .gru : .lstm
        result.recurrentDecoder.hidden = try int(config, "dec_hidden")
        result.recurrentDecoder.layers = try int(config, "dec_layers")
        result.recurrentDecoder.initialState = isGRU ? .backward : .layerwise
        result.recurrentDecoder.bridge = isGRU
        result.recurrentDecoder.feeding =
          try bool(config, "input_feed_context") ? .context : .none
      }
      return result
    }
  }

  /// A side of a Transformer.
  private static func transformer<Side: TransformerSide>(
    _ part: JSON
  ) throws -> TransformerConfiguration<Side> {
    func choice<Choice: RawRepresentable<String>>(_ key: String) throws -> Choice {
      let name = try #require(part[key]?.string)
      return try #require(Choice(rawValue: name))
    }
    var result = TransformerConfiguration<Side>()
    result.width = try #require(part["width"]?.int)
    result.layers = try #require(part["layers"]?.int)
    result.heads = try #require(part["heads"]?.int)
    result.inner = try #require(part["inner"]?.int)
    result.normalization = try choice("normalization")
    result.activation = try choice("activation")
    result.normalizer = try choice("normalizer")
    result.positions = try choice("positions")
    result.maximumPositions = part["max_positions"]?.int ?? 1
    if part["selfAttention"] != nil { result.selfAttention = try choice("selfAttention") }
    result.window = part["window"]?.int
    return result
  }

  package var model: SequenceModel {
    get throws {
      let config = try #require(json["config"])
      return SequenceModel(
        try configuration, sourceVocabulary: try #require(config["src_vocab"]?.int),
        targetVocabulary: try #require(config["tgt_vocab"]?.int))
    }
  }

  package var begin: Int32 { get throws { Int32(try #require(json["config"]?["bos"]?.int)) } }

  /// Our name of a fixture's tensor.
  package static func name(_ golden: String) -> String {
    let fixed = [
      "src_emb.weight": "encoder.embedding", "tgt_emb.weight": "decoder.embedding",
      "attn.W1": "attention.queryWeight", "attn.W2": "attention.keyWeight",
      "attn.v": "attention.vector", "attn.w": "attention.coverageWeight",
      "attn.W": "attention.weight",
      "out.weight": "output.weight", "out.bias": "output.bias",
      "attentional.weight": "attentional.weight", "attentional.bias": "attentional.bias",
      "bridge.weight": "bridge.0.hidden.weight", "bridge.bias": "bridge.0.hidden.bias",
    ]
    if let name = fixed[golden] { return name }
    let parts = golden.split(separator: ".").map(String.init)
    if parts[0] == "bridge" {
      return "bridge.\(parts[1]).\(parts[2] == "h" ? "hidden" : "cell").\(parts[3])"
    }
    var words = parts[1].split(separator: "_").map(String.init)
    let kind = [
      "weight_ih": "inputWeight", "weight_hh": "recurrentWeight", "bias_ih": "inputBias",
      "bias_hh": "recurrentBias",
    ]["\(words[0])_\(words[1])"]
    words.removeFirst(2)
    let isReverse = words.last == "reverse"
    let layer = words.first.map { $0.dropFirst() } ?? "0"
    let direction = isReverse ? "backward." : "forward."
    return parts[0] == "enc"
      ? "encoder.\(layer).\(direction)\(kind ?? "?")" : "decoder.\(layer).\(kind ?? "?")"
  }

  /// A set of tensors, by our names.
  package func tensors(_ json: JSON?) throws -> [String: [Double]] {
    var result: [String: [Double]] = [:]
    for member in try #require(json?.members) {
      result[hasOurNames ? member.name : Self.name(member.name)] = try numbers(member.value)
    }
    return result
  }

  package func numbers(_ json: JSON?) throws -> [Double] {
    try #require(json?["data"]?.array).map { try #require($0.double) }
  }

  /// Parameters with the fixture's values.
  package func parameters(_ layout: ParameterLayout, _ json: JSON?) throws -> Parameters {
    let tensors = try tensors(json)
    let result = Parameters(layout: layout)
    #expect(Set(tensors.keys) == Set(layout.entries.map(\.name)))
    for entry in layout.entries {
      let values = try #require(tensors[entry.name], "\(entry.name)")
      let matrix = result[entry.handle]
      try #require(values.count == matrix.count, "\(entry.name)")
      for (index, value) in values.enumerated() {
        matrix[index / matrix.columns, index % matrix.columns] = Float(value)
      }
    }
    return result
  }

  // MARK: The data

  package var batch: Batch {
    get throws {
      let inputs = try #require(json["inputs"])
      func rows(_ key: String, _ lengths: String) throws -> [[Int32]] {
        let lengths = try #require(inputs[lengths]?.array).map { try #require($0.int) }
        return try zip(#require(inputs[key]?.array), lengths).map { row, length in
          try #require(row.array).prefix(length).map { Int32(try #require($0.int)) }
        }
      }
      let (sources, targets) = (try rows("src", "src_len"), try rows("tgt_out", "tgt_len"))
      return Batch(
        zip(sources, targets).map { EncodedPair(source: $0, target: $1) }, begin: try begin)
    }
  }

  /// Rows of a padded `[B, T, …]` output, sentence by sentence, without those after a target's end.
  package func rows(_ key: String, lengths: String = "tgt_len") throws -> [[Double]] {
    let tensor = try #require(json["outputs"]?[key])
    let shape = try #require(tensor["shape"]?.array).map { try #require($0.int) }
    let data = try numbers(tensor)
    let counts = try #require(json["inputs"]?[lengths]?.array).map { try #require($0.int) }
    let width = shape.count > 2 ? shape[2] : 1
    return counts.enumerated().flatMap { sentence, count in
      (0..<count).map { step in
        let start = (sentence * shape[1] + step) * width
        return Array(data[start..<(start + width)])
      }
    }
  }

  package var greedy: [[Int32]] {
    get throws {
      try #require(json["greedy"]?["tokens"]?.array).map { row in
        try #require(row.array).map { Int32(try #require($0.int)) }
      }
    }
  }
}

/// Records the element that is farthest off, if it is farther than `tolerance`.
package func expectClose(
  _ found: [Float], _ expected: [Double], within tolerance: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record(
      "\(what) has \(found.count) elements, expected \(expected.count)",
      sourceLocation: sourceLocation)
    return
  }
  var worst = (index: 0, distance: -1.0)
  for (index, (a, b)) in zip(found, expected).enumerated() {
    let distance = a.isFinite ? abs(Double(a) - b) : .infinity
    if distance > worst.distance { worst = (index, distance) }
  }
  if worst.distance > tolerance {
    Issue.record(
      "\(what)[\(worst.index)] is \(found[worst.index]), expected \(expected[worst.index]) within \(tolerance)",
      sourceLocation: sourceLocation)
  }
}
