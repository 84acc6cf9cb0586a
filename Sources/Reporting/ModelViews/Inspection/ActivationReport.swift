import DragomanPages
import DragomanDecoding
import DragomanModels
package import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanText
package import DragomanTranslation

/// How the gates, states and heads of a model behave on a text: how often gates are saturated, which units are dead,
/// which heads look everywhere or always at one place.
package struct ActivationReport: Sendable {
  /// Tokens of both sides that were read.
  package private(set) var sourceTokens = 0
  /// Tokens that were written.
  package private(set) var targetTokens = 0
  /// Lines that the model cannot look at whole.
  package private(set) var skipped = 0
  /// The layers in the order of the model.
  var layers: [(name: String, parts: [ActivationStatistics])] = []
  /// The attentions of a Transformer in the order of the model.
  var heads: [HeadStatistics] = []

  /// Runs a model over lines; a line is a source, or a source, a tab and a target.
  ///
  /// A line without a target is translated first, greedily, and the model then reads its own translation.
  package init(_ file: ModelFile, lines: [String], threads: Int? = nil) {
    let kernels = Kernels(threads: threads)
    let workspace = Workspace(kernels: kernels)
    let pass = Pass(weights: file.weights, workspace: workspace)
    let pairs = Self.pairs(file, lines, kernels)
    let fitting = pairs.filter { $0.source.count <= file.model.reach ?? .max }
    skipped = pairs.count - fitting.count
    for start in stride(from: 0, to: fitting.count, by: 64) {
      workspace.reset()
      let batch = Batch(
        Array(fitting[start..<min(start + 64, fitting.count)]), begin: file.target.vocabulary.begin)
      sourceTokens += batch.sourceIDs.count
      targetTokens += batch.targetIDs.count
      add(file.model.activations(batch, pass))
    }
  }

  private static func pairs(
    _ file: ModelFile, _ lines: [String], _ kernels: Kernels
  ) -> [EncodedPair] {
    let columns = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    let sources = columns.map { String($0[0]) }
    let open = columns.indices.filter { columns[$0].count < 2 }
    let translator = Translator(file.trained, decoding: DecodingConfiguration(), kernels: kernels)
    var targets = columns.map { $0.count < 2 ? "" : String($0[1]) }
    for (place, translation) in zip(open, translator.translate(open.map { sources[$0] })) {
      targets[place] = translation.text
    }
    return zip(sources, targets).map { source, target in
      EncodedPair(
        source: file.source.encode(source) + [file.source.vocabulary.end],
        target: file.target.encode(target) + [file.target.vocabulary.end])
    }
  }

  private mutating func add(_ activations: ModelActivations) {
    if layers.isEmpty {
      layers = activations.layers.map { layer in
        (
          layer.name,
          layer.parts.map {
            ActivationStatistics($0.name, range: $0.range, units: $0.values.columns)
          }
        )
      }
      heads = activations.heads.map { HeadStatistics($0.name, heads: $0.heads.count) }
    }
    for (index, layer) in activations.layers.enumerated() {
      for (place, part) in layer.parts.enumerated() { layers[index].parts[place].add(part.values) }
    }
    for (index, looked) in activations.heads.enumerated() { heads[index].add(looked) }
  }

  /// The report for people.
  package var lines: [String] {
    let rows = layers.flatMap { layer in
      layer.parts.map { part in
        [
          layer.name, part.name, Self.percent(part.lowShare), Self.percent(part.highShare),
          "\(part.stillUnits.count) of \(part.units)", "\(part.deadUnits.count)",
        ]
      }
    }
    let dead = layers.compactMap { layer -> String? in
      guard let units = layer.parts.last?.stillUnits, !units.isEmpty else { return nil }
      let first = units.prefix(12).map(String.init).joined(separator: " ")
      return "\(layer.name): states that hardly move: \(first)\(units.count > 12 ? " …" : "")"
    }
    return [
      "\(NumberText.grouped(sourceTokens)) source and \(NumberText.grouped(targetTokens)) target tokens"
        + (skipped > 0 ? "; \(skipped) lines are too long for the model" : ""),
      "low: below 0.05 (candidate and state: −0.95); high: above 0.95;",
      "still: units whose standard deviation over all tokens is below "
        + "\(ActivationStatistics.stillness);", "dead: units that are 0 for every token", "",
    ] + TextTable([["layer", "gate", "low %", "high %", "still", "dead"]] + rows, leading: 2).lines
      + dead + headLines
  }

  /// The heads for people; nothing of a model without them.
  private var headLines: [String] {
    guard !heads.isEmpty else { return [] }
    let rows = heads.flatMap { attention in
      attention.heads.enumerated().map { index, head in
        [
          attention.name, "\(index + 1)", NumberText.fixed(head.entropy, decimals: 3),
          Self.percent(head.first), Self.percent(head.last), head.verdict ?? "",
        ]
      }
    }
    return [
      "",
      "entropy: of the weights of a head, 1 if it looks at all that it sees alike,",
      "0 if at one position;",
      "first, last: the weight of the first and of the last position that it sees", "",
    ]
      + TextTable(
        [["attention", "head", "entropy", "first %", "last %", ""]] + rows, leading: 1
      ).lines
  }

  /// The report for programs.
  package var json: JSON {
    [
      "sourceTokens": .int(sourceTokens), "targetTokens": .int(targetTokens),
      "skipped": .int(skipped),
      "layers": .array(
        layers.map { layer in
          ["name": .string(layer.name), "gates": .array(layer.parts.map(\.json))]
        }),
      "attention": .array(heads.map(\.json)),
    ]
  }

  private static func percent(_ share: Double) -> String {
    NumberText.fixed(100 * share, decimals: 1)
  }
}
