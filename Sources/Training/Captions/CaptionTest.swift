import DragomanDecoding
import DragomanImages
import DragomanModels
package import DragomanText
package import DragomanTranslation

/// What a captioning model is tested with: examples, each once, with all of their captions as references.
package struct CaptionTest: Sendable {
  /// What was read and skipped.
  package let summary: [CorpusSummary]
  /// The captions of each example.
  package let captions: [[String]]
  private let list: CaptionList
  private let data: DataConfiguration

  /// Reads the names and captions of files, as the configuration of a model has it.
  package init(_ files: [CorpusFile], _ configuration: RunConfiguration) throws {
    data = configuration.data
    list = try CaptionList(files, data, skippingBroken: false)
    summary = list.pairs.summary
    var captions = [[String]](repeating: [], count: list.examples.corpus.count)
    for (pair, number) in zip(list.pairs, list.numbers)
    where !captions[Int(number)].contains(pair.target) {
      captions[Int(number)].append(pair.target)
    }
    self.captions = captions
  }

  /// What a model writes about some of the examples, in their order.
  ///
  /// - Throws: `NoNumber`, and what goes wrong when examples are read.
  package func written(by captioner: Captioner, of part: Range<Int>) throws -> [Translation] {
    var (result, waiting): ([Translation], [CaptionExample]) = ([], [])
    func write() throws {
      let found = captioner.captions(of: waiting, .textOnly)
      try NoNumber.refuse(found, of: waiting)
      result += found.map { $0.translations[0] }
      waiting = []
    }
    func add(_ example: CaptionExample) throws {
      waiting.append(example)
      // So many as are written about at once.
      if waiting.count == max(captioner.decoding.batch, 1) { try write() }
    }
    switch captioner.model.reading {
    case .texts: break
    case .images(let preparation):
      var index = part.lowerBound
      try list.examples.forEachImage(data.images, of: Set(part)) { image in
        try add(CaptionExample(list.examples.corpus[index].source, image, preparation))
        index += 1
      }
    case .features(let preparation):
      let features = try FeatureExamples(
        list.examples, data.features, size: (preparation.size, "the model reads them"))
      for index in part {
        try add(
          CaptionExample(
            list.examples.corpus[index].source, rows: try features.rows(at: index), preparation))
      }
    }
    try write()
    return result
  }
}
