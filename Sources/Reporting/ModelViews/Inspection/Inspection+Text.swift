import DragomanModels
import DragomanPages
import DragomanSystem
import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

extension Inspection {
  /// Parts as text, in the order of ``Part``.
  package func text(_ parts: Set<Part>) -> String {
    let sections = Part.allCases.filter(parts.contains).map { part in
      switch part {
      case .summary: summary
      case .tensors: tensorTable
      case .vocabulary: vocabularies(limit: nil)
      case .configuration: configuration
      case .history: history
      }
    }
    return sections.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var summary: [String] {
    let bytes = (try? Files.size(file.path)) ?? 0
    var lines = ["\(file.path): \(NumberText.bytes(bytes))"]
    guard let saved else {
      lines.append("a safetensors file, not a model of Dragoman's")
      for (key, value) in file.metadata.sorted(by: { $0.key < $1.key }) {
        lines.append(
          "metadata \(key.text): \(value.count > 60 ? value.prefix(57) + "..." : value[...])")
      }
      return lines + partLines + [""] + tensorTable
    }
    let model = saved.stored
    let languages = ["source", "target"].compactMap {
      model.configuration["data"]?["languages"]?[$0]?.string
    }
    let name = model.configuration["name"]?.string ?? "a model"
    lines.append(
      "model \(name)" + (languages.count == 2 ? ", \(languages[0]) to \(languages[1])" : "")
        + (isResumable ? ", with the state of its training" : ""))
    lines.append("architecture: \(saved.architecture)")
    if let labels = saved.labels {
      let shown = labels.prefix(20).joined(separator: ", ")
      lines.append("classes: \(shown)\(labels.count > 20 ? ", …" : "")")
    }
    lines += partLines
    lines += vocabularies(limit: 10)
    lines += history.prefix(1)
    if let count = model.record["averaged"]?.int {
      lines.append("weights: the average of \(count) models; the training is that of the longest")
    }
    if let precision { lines.append("precision: \(precision.words)") }
    if let best = record?.best {
      lines.append(
        """
        best validation: \(ValidationText.figures(best)) after update \
        \(NumberText.grouped(best.update))
        """)
    }
    return lines + [""] + tensorTable
  }

  private var partLines: [String] {
    let total = parts.reduce(0) { $0 + $1.count }
    var lines = [
      "parameters: \(NumberText.grouped(total)) in \(Words.count(parts.count, "part"))"
    ]
    for part in parts {
      let share = 100 * Double(part.count) / Double(max(total, 1))
      lines.append(
        "  \(TextWidth.pad(part.name, to: 12)) \(right(NumberText.grouped(part.count), 12)) "
          + "\(right(NumberText.fixed(share, decimals: 1), 5)) %")
    }
    if nonFinite > 0 {
      lines.append(
        "WARNING: \(Words.count(nonFinite, "number")) \(nonFinite == 1 ? "is" : "are") infinite or NaN"
      )
    }
    return lines
  }

  private var tensorTable: [String] {
    var rows = [
      [
        "tensor", "type", "shape", "bytes", "mean", "deviation", "minimum", "maximum", "norm",
        "non-finite",
      ]
    ]
    for (tensor, statistics) in zip(file.tensors, statistics) {
      var row = [
        tensor.name, tensor.type.rawValue,
        "[\(tensor.shape.map(String.init).joined(separator: ", "))]",
        NumberText.grouped(tensor.bytes.count),
      ]
      if let statistics, statistics.count > 0 {
        row += [
          statistics.mean, statistics.deviation, statistics.minimum, statistics.maximum,
          statistics.norm,
        ].map { NumberText.significant($0, digits: 4) }
      } else {
        row += Array(repeating: "–", count: 5)
      }
      row.append(statistics.map { NumberText.grouped($0.nonFinite) } ?? "–")
      rows.append(row)
    }
    return TextTable(rows, leading: 3).lines + (logProblem.map { ["  \($0)"] } ?? [])
  }

  private func vocabularies(limit: Int?) -> [String] {
    codecs.flatMap { side, codec in
      let vocabulary = codec.vocabulary
      let tokens = vocabulary.tokens
      let head =
        """
        \(side) vocabulary: \(NumberText.grouped(vocabulary.count)) entries, \
        \(codec.tokenizer.kind.rawValue) tokens\(codec.tokenizer.words)
        """
      if let limit {
        // The bytes of a byte-pair vocabulary say nothing.
        let shown = tokens.filter { !Tokenizer.isByte($0) }.prefix(limit)
        return [head + ": " + shown.joined(separator: " ") + (tokens.count > limit ? " …" : "")]
      }
      return [head] + tokens.enumerated().map { "\(right("\($0)", 8))  \($1)" }
    }
  }

  private var configuration: [String] {
    guard let model else { return ["no configuration: the file is not a model of Dragoman's"] }
    return [model.configuration.serialized(pretty: true)]
  }

  private var history: [String] {
    guard let record else { return ["no training record"] }
    var lines = [
      """
      training: \(Words.count(record.updates, "update")), \(Words.count(record.epochs, "epoch")), \
      \(amount(of: record)), \(Words.count(record.validations.count, "validation"))
      """
    ]
    lines += curves(record)
    for validation in record.validations {
      lines.append(
        "  update \(right(NumberText.grouped(validation.update), 9))  epoch "
          + "\(right("\(validation.epoch)", 4))  \(ValidationText.figures(validation))"
          + (validation == record.best ? "  best" : ""))
    }
    return lines
  }

  /// How the losses and the figures of the validations went, each with its first and last value.
  private func curves(_ record: TrainingRecord) -> [String] {
    let validated = ValidationMetric.allCases.filter { $0 != .perplexity }.map { metric in
      (
        metric == .loss ? "validation loss" : metric.name,
        record.validations.compactMap { $0.value(of: metric) }
      )
    }
    let rows = ([("training loss", losses.map(\.loss))] + validated).compactMap { name, values in
      guard values.count > 1, let first = values.first, let last = values.last else {
        return nil as [String]?
      }
      return [
        "  \(name)", Sparkline.text(values, width: 40),
        "\(NumberText.significant(first, digits: 4)) → \(NumberText.significant(last, digits: 4))",
      ]
    }
    return TextTable(rows, leading: 3).lines + (logProblem.map { ["  \($0)"] } ?? [])
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(width - TextWidth.of(text), 0)) + text
  }
}

extension Inspection {
  /// What a training learnt from: `1,000 pairs, 9,000 target tokens`, `1,000 texts`, images or lists of rows.
  func amount(of record: TrainingRecord) -> String {
    switch saved {
    case .classification: examples(of: record)
    case .translation, .captioning, nil:
      "\(examples(of: record)), \(NumberText.grouped(record.targetTokens)) target tokens"
    }
  }

  /// The same without the tokens.
  func examples(of record: TrainingRecord) -> String {
    let what =
      switch saved {
      case .classification(let file): file.trained.reading.words
      case .translation, nil: "pairs"
      case .captioning: "captions"
      }
    return "\(NumberText.grouped(record.pairs)) \(what)"
  }
}

extension SourceReading {
  /// What the examples are.
  fileprivate var words: String {
    switch self {
    case .texts: "texts"
    case .images: "images"
    case .features: "lists of rows"
    }
  }
}
