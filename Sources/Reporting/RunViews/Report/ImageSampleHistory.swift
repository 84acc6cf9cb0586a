import DragomanFormats
import DragomanImages
import DragomanModels
import DragomanPages
import DragomanTraining
import DragomanTranslation

/// What a model said of a few validation images and where it looked, validation by validation.
struct ImageSampleHistory {
  /// Images that are shown.
  private static let mostImages = 12
  /// Validations that are shown of an image, the first and the last among them.
  private static let mostVersions = 12
  /// The longest side of an image that is shown.
  private static let longest = 128

  private let images: [SampleImage]
  private let validations: [LogEntry.Validation]
  private let filters: ImageFilters?
  private let task: ModelTask

  /// The images of a run, what its log tells of them, and the filters that the model has now.
  init(
    _ history: RunHistory, images: [SampleImage], filters: ImageFilters?,
    _ task: ModelTask = .classification
  ) {
    self.task = task
    self.images = Array(images.prefix(Self.mostImages))
    self.filters = filters
    let all = history.validations
    let count = min(all.count, Self.mostVersions)
    validations = (0..<count).map { all[count > 1 ? $0 * (all.count - 1) / (count - 1) : 0] }
  }

  /// The images with what was said of them, then the filters; nothing of a run without images.
  var html: [HTML] {
    [
      validations.isEmpty || images.isEmpty
        ? .nothing
        : .section(
          "Images",
          note: .text(
            "What the model says of some validation images"
              + (hasMaps ? ", and which parts of them counted, the brighter the more" : "")
              + ". At most \(Self.mostVersions) validations are shown."),
          content: images.map(article)),
      filters.map {
        .section(
          "Filters", note: "What the model looks for first, after the last update so far.",
          FilterPictures(filters: $0).html)
      } ?? .nothing,
    ]
  }

  private var hasMaps: Bool {
    validations.contains { $0.samples.contains { $0.map != nil } }
  }

  private func article(_ image: SampleImage) -> HTML {
    let looks = validations.compactMap { validation in
      validation.samples.first { $0.source == image.name }.map {
        (update: validation.figures.update, sample: $0)
      }
    }
    guard let last = looks.last?.sample else { return .nothing }
    return HTML(
      .article, [.class("sample-history")],
      HTML(
        .div, [.class("sample-image")],
        HTML(
          .img,
          [
            .class("picture"),
            .picture(
              png: PNGWriter.bytes(of: AttendedImage.small(image.image, longest: Self.longest))),
            .alternative(image.name),
          ]),
        .facts([
          ("image", .foreign(image.name)),
          (task == .captioning ? "reference" : "class", .foreign(last.reference)),
          (task == .captioning ? "caption" : "found", found(last)),
        ])),
      self.looks(at: image.image, looks.compactMap { $0.sample.map }),
      task == .captioning ? captions(looks) : classes(looks))
  }

  private typealias Found = [(update: Int, sample: ValidationReport.Sample)]

  /// What was written, the latest first, with what changed.
  private func captions(_ found: Found) -> HTML {
    .table(
      head: ["update", "caption"],
      rows: found.indices.reversed().map { index in
        let text = found[index].sample.translation
        return [
          .text(NumberText.grouped(found[index].update)),
          index == 0
            ? .foreign(text) : TextChanges.html(found[index - 1].sample.translation, text),
        ]
      }, numeric: [0])
  }

  /// The classes, the latest first, with their probabilities.
  private func classes(_ found: Found) -> HTML {
    .table(
      head: ["update", "found", "p", ""],
      rows: found.reversed().map { update, sample in
        [
          .text(NumberText.grouped(update)), self.found(sample),
          .text(sample.probability.map { NumberText.fixed(Double($0), decimals: 4) } ?? ""),
          sample.probability.map { ExactNumber.bar(Double($0), from: 0, to: 1) } ?? .nothing,
        ]
      }, numeric: [2])
  }

  /// The class or caption, marked if it is the right one.
  private func found(_ sample: ValidationReport.Sample) -> HTML {
    .group([
      .foreign(sample.translation),
      sample.translation == sample.reference
        ? HTML(.small, [.class("equal")], .text(task == .captioning ? " = reference" : " = class"))
        : .nothing,
    ])
  }

  /// What counted, a picture for each validation.
  private func looks(at image: Image, _ maps: [ImageClassifier.AttentionMap]) -> HTML {
    guard let first = maps.first else { return .nothing }
    let alike = maps.filter { $0.height == first.height && $0.width == first.width }
    return Mosaic.looks(
      "what counted", kind: "validation", at: image, height: first.height, width: first.width,
      alike.map(\.weights)
    ).html("what counted", note: "from the first validation to the last")
  }
}
