import DragomanFormats

/// Something in the data that a person should know of before training.
package struct CorpusProblem: Sendable, Equatable {
  /// What it is.
  package let kind: Kind
  /// The part of the data: `train`, `validation` or `test`.
  package let part: String
  /// How often, and where at first.
  package let finding: CorpusFinding
  /// Of how many.
  package let total: Int

  /// Something that was found so and so often.
  package init(kind: Kind, part: String, finding: CorpusFinding, total: Int) {
    (self.kind, self.part, self.finding, self.total) = (kind, part, finding, total)
  }

  /// Whether training leaves out what is found.
  package var isSkipped: Bool { kind.isSkipped }
}

extension CorpusProblem: CustomStringConvertible {
  /// For example `train: 2 of 6,000 lines have an empty side: skipped (a.tsv:5, a.tsv:9)`.
  package var description: String {
    let places = finding.places
    return sentence + (places.isEmpty ? "" : " (\(places))")
  }

  /// The same without the places.
  package var sentence: String {
    let (found, consequence) = kind.words
    let share = kind == .unknownWords && total > 0 ? " (\(percent))" : ""
    let text =
      "\(part): \(NumberText.grouped(finding.count)) of \(NumberText.grouped(total)) \(found)\(share)"
    return text + (consequence.isEmpty ? "" : ": \(consequence)")
  }

  private var percent: String {
    let tenths = (1000 * finding.count + total / 2) / total
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
