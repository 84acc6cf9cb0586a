package import DragomanEvaluation
package import DragomanFormats
package import DragomanPages
import DragomanTensor

/// How a classifier fares, as text, for programs, and as a page.
package struct ConfusionReport: Sendable {
  /// The most classes whose table is printed; the page shows it for more.
  private static let mostColumns = 12
  private let matrix: ConfusionMatrix
  private let macroF1Interval: ClosedRange<Double>
  /// How many examples have a class that the model does not know, class by class.
  private let unknown: [(label: String, count: Int)]

  /// A report on examples that were classified by a model of these classes.
  package init(_ matrix: ConfusionMatrix, known: [String]) {
    self.matrix = matrix
    unknown = matrix.examples(besides: known)
    // The same draws each time, so that the figures of a model are always the same.
    var random = Random(seed: 1, name: "bootstrap")
    macroF1Interval = matrix.macroF1Interval(using: &random)
  }

  /// Examples of classes that the model does not know.
  private var unknownExamples: Int { unknown.reduce(0) { $0 + $1.count } }

  private func percent(_ share: Double) -> String { NumberText.fixed(100 * share, decimals: 2) }

  /// `accuracy 98.20 (491 of 500), 95 % interval 96.62 to 99.05`, and the macro F1.
  private var figures: [String] {
    [
      "accuracy \(percent(matrix.accuracy)) (\(NumberText.grouped(matrix.correct)) of "
        + "\(NumberText.grouped(matrix.total))), 95 % interval \(percent(matrix.interval.lowerBound)) to "
        + percent(matrix.interval.upperBound),
      "macro F1 \(percent(matrix.macroF1)), 95 % interval \(percent(macroF1Interval.lowerBound)) to "
        + "\(percent(macroF1Interval.upperBound)) (bootstrap)",
    ] + warning
  }

  /// `3 of 500 examples have a class that the model does not know, and count as wrong: 'x' 2, 'y' 1`, if there are any.
  private var warning: [String] {
    guard unknownExamples > 0 else { return [] }
    let most = 10
    let names = unknown.prefix(most).map {
      "\(Excerpt.quoted($0.label)) \(NumberText.grouped($0.count))"
    }
    return [
      "\(NumberText.grouped(unknownExamples)) of \(NumberText.grouped(matrix.total)) examples have a class that the "
        + "model "
        + "does not know, and count as wrong: \(names.joined(separator: ", "))"
        + (unknown.count > most ? ", …" : "")
    ]
  }

  /// The figures, how each class fares, and which classes were found in whose place.
  package var lines: [String] {
    let head = ["class", "precision", "recall", "F1", "examples"]
    let scores = matrix.scores.map { score in
      [
        score.label, percent(score.precision), percent(score.recall), percent(score.f1),
        NumberText.grouped(score.support),
      ]
    }
    var lines = figures + [""] + TextTable([head] + scores, leading: 1).lines
    if matrix.labels.count <= Self.mostColumns {
      let rows = zip(matrix.labels, matrix.counts).map { [$0] + $1.map { "\($0)" } }
      lines +=
        ["", "rows: the right class, columns: what was found"]
        + TextTable([[""] + matrix.labels] + rows, leading: 1).lines
    }
    return lines
  }

  /// One object.
  package var json: JSON {
    [
      "accuracy": .double(100 * matrix.accuracy),
      "interval": [
        .double(100 * matrix.interval.lowerBound), .double(100 * matrix.interval.upperBound),
      ],
      "macroF1": .double(100 * matrix.macroF1),
      "macroF1Interval": [
        .double(100 * macroF1Interval.lowerBound), .double(100 * macroF1Interval.upperBound),
      ],
      "correct": .int(matrix.correct),
      "examples": .int(matrix.total), "unknownExamples": .int(unknownExamples),
      "unknownClasses": .array(
        unknown.map { ["label": .string($0.label), "examples": .int($0.count)] }),
      "labels": .strings(matrix.labels),
      "classes": .array(
        matrix.scores.map {
          [
            "label": .string($0.label), "precision": .double(100 * $0.precision),
            "recall": .double(100 * $0.recall), "f1": .double(100 * $0.f1),
            "examples": .int($0.support),
          ]
        }),
      "confusion": .array(matrix.counts.map { .array($0.map { .int($0) }) }),
    ]
  }

  /// The figures, the table of classes, and the matrix as shares of each row.
  package func page(subtitle: String) -> Page {
    let rows = matrix.scores.map { score -> [HTML] in
      [
        .foreign(score.label), .text(percent(score.precision)), .text(percent(score.recall)),
        .text(percent(score.f1)), .text(NumberText.grouped(score.support)),
      ]
    }
    let shares = matrix.counts.map { row in
      let support = Float(max(row.reduce(0, +), 1))
      return row.map { Float($0) / support }
    }
    return Page(
      "Confusion", subtitle: .foreign(subtitle),
      content: [
        HTML(.p, .foreign(figures.joined(separator: "; "))),
        .section(
          "Which class was found", note: .text("Rows are the right classes; a row's shares are 1."),
          Heatmap(
            "found for each class", rows: matrix.labels, columns: matrix.labels, weights: shares
          ).html),
        .section(
          "Classes",
          .table(
            head: ["class", "precision", "recall", "F1", "examples"].map { .text($0) }, rows: rows,
            numeric: [1, 2, 3, 4])),
      ])
  }
}
