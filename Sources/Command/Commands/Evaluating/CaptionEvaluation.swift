import DragomanDecoding
import DragomanEvaluation
import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

/// `dragoman evaluate` with a captioning model: the same examples for whichever model, and all captions of each.
struct CaptionEvaluation {
  private let test: CaptionTest

  /// Reads examples and captions.
  ///
  /// - Parameters:
  ///   - pairs: the files; those of the model's configuration if there are none.
  ///   - configuration: the model's.
  ///   - path: the model's file.
  ///   - console: is told what is remarkable of them.
  init(pairs: [CorpusFile], _ configuration: JSON, of path: String, _ console: Console) throws {
    var configuration = try RunConfiguration.stored(configuration, file: "the model")
    if pairs.isEmpty { configuration.data.locate(from: DataPlaces(of: path)) }
    let files = pairs.isEmpty ? configuration.data.test : pairs
    guard !files.isEmpty else { throw EvaluationError.noTestPairs }
    test = try CaptionTest(files, configuration)
    for summary in test.summary {
      if summary.skipped > 0 { console.message(summary.description) }
      for remark in summary.remarks { console.message(remark) }
    }
    guard !test.captions.isEmpty else { throw EvaluationError.nothing }
    let several = test.captions.count { $0.count > 1 }
    if several > 0 {
      console.message(
        "references: \(NumberText.grouped(test.captions.reduce(0) { $0 + $1.count })) captions of "
          + "\(NumberText.grouped(test.captions.count)) examples, of which \(NumberText.grouped(several)) have several"
      )
    }
  }

  /// What a model writes about the examples, beside their captions in its own spelling; tells how many were cut off.
  func judged(_ captioner: Captioner, _ console: Console) throws -> JudgedTexts {
    let (texts, tally) = try SharedLines.translations(test.captions.count) {
      try test.written(by: captioner, of: $0)
    }
    CutOffCaptions.tell(tally.cutOff.count, of: tally.count, captioner.decoding, console)
    return JudgedTexts(
      hypotheses: texts,
      references: References(test.captions.map { $0.map(captioner.reference) }))
  }
}
