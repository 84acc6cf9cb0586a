import DragomanPages
import DragomanFormats
import DragomanTraining
import DragomanTranslation

/// How the translations of a few validation sources came to be, validation by validation.
struct SampleHistory {
  /// A translation and the validations at which it was the same.
  struct Version: Equatable {
    let translation: String
    let first: Int
    var last: Int
  }

  /// A source with all its translations, the earliest first.
  struct Sentence {
    let source: String
    let reference: String
    var versions: [Version]
  }

  /// Translations that are shown at once; earlier ones fold away.
  private static let shown = 5

  private(set) var sentences: [Sentence] = []
  private let task: ModelTask

  init(_ history: RunHistory, _ task: ModelTask = .translation) {
    self.task = task
    for validation in history.validations {
      let update = validation.figures.update
      for sample in validation.samples { add(sample, update: update) }
    }
  }

  private mutating func add(_ sample: ValidationReport.Sample, update: Int) {
    let version = Version(translation: sample.translation, first: update, last: update)
    guard
      let index = sentences.firstIndex(where: {
        $0.source == sample.source && $0.reference == sample.reference
      })
    else {
      sentences.append(
        Sentence(source: sample.source, reference: sample.reference, versions: [version]))
      return
    }
    let last = sentences[index].versions.count - 1
    if sentences[index].versions[last].translation == sample.translation {
      sentences[index].versions[last].last = update
    } else {
      sentences[index].versions.append(version)
    }
  }

  /// The sentences, each with its translations, the latest first; nothing if there are none.
  var html: HTML {
    guard !sentences.isEmpty else { return .nothing }
    let (title, before) =
      switch task {
      case .translation: ("Translations", "the translation before")
      case .captioning: ("Captions", "the caption before")
      case .classification: ("Examples", "the class before")
      }
    return .section(
      title,
      note: .group([
        "The latest first. Marked is what was ", HTML(.ins, "added"), " and ",
        HTML(.del, "removed"), .text(" since \(before)."),
      ]), content: sentences.map(article))
  }

  private func article(_ sentence: Sentence) -> HTML {
    let (source, reference) =
      switch task {
      case .translation: ("source", "reference")
      case .captioning: ("features", "reference")
      case .classification: ("text", "class")
      }
    let rows = sentence.versions.indices.reversed().map { index in
      let version = sentence.versions[index]
      let text =
        index == 0
        ? HTML.text(version.translation)
        : TextChanges.html(sentence.versions[index - 1].translation, version.translation)
      return HTML(
        .li,
        HTML(.span, [.class("when")], .text(Self.span(version))),
        HTML(
          .p, [.automaticDirection], text,
          version.translation == sentence.reference
            ? HTML(.small, [.class("equal")], .text(" = \(reference)")) : .nothing))
    }
    let earlier = rows.dropFirst(Self.shown)
    return HTML(
      .article, [.class("sample-history")],
      .facts([
        (
          source, HTML(.div, [.automaticDirection], .text(sentence.source))
        ),
        (
          reference, HTML(.div, [.automaticDirection], .text(sentence.reference))
        ),
      ]),
      HTML(.ol, [.class("versions")], children: Array(rows.prefix(Self.shown))),
      earlier.isEmpty
        ? .nothing
        : HTML(
          .details, HTML(.summary, "\(earlier.count) earlier"),
          HTML(.ol, [.class("versions")], children: Array(earlier))))
  }

  private static func span(_ version: Version) -> String {
    let first = NumberText.grouped(version.first)
    return version.first == version.last
      ? first : "\(first) – \(NumberText.grouped(version.last))"
  }
}
