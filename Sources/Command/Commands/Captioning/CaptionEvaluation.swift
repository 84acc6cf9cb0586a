import DragomanDecoding
import DragomanEvaluation
import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

/// `dragoman evaluate` with a captioning model: its captions, beside all that the files have of each example.
struct CaptionEvaluation {
  /// What is compared.
  struct Judged {
    /// What the model writes about each example.
    let hypotheses: [String]
    /// The captions of each example.
    let references: References
    /// What another model writes about them.
    let others: (name: String, texts: [String])?
  }

  /// The examples and captions; those of the model's configuration if there are none.
  let pairs: [CorpusFile]
  /// The model.
  let captioner: Captioner
  /// Its file.
  let path: String
  /// Another model and its file.
  let other: (path: String, captioner: Captioner)?

  /// Reads the examples and lets the models write about them.
  func judged(_ console: Console) throws -> Judged {
    var configuration = try RunConfiguration.stored(captioner.configuration, file: "the model")
    if pairs.isEmpty { configuration.data.locate(from: DataPlaces(of: path)) }
    let files = pairs.isEmpty ? configuration.data.test : pairs
    guard !files.isEmpty else { throw NoTestPairs() }
    let test = try CaptionTest(files, configuration)
    for summary in test.summary {
      if summary.skipped > 0 { console.message(summary.description) }
      for remark in summary.remarks { console.message(remark) }
    }
    guard !test.captions.isEmpty else { throw NothingToEvaluate() }
    let several = test.captions.count { $0.count > 1 }
    if several > 0 {
      console.message(
        "references: \(NumberText.grouped(test.captions.reduce(0) { $0 + $1.count })) captions of "
          + "\(NumberText.grouped(test.captions.count)) examples, of which \(NumberText.grouped(several)) have several"
      )
    }
    let written = try test.written(by: captioner)
    let cut = written.count(where: \.isCutOff)
    if cut > 0 {
      console.message(
        "\(NumberText.grouped(cut)) of \(NumberText.grouped(written.count)) captions were cut off after "
          + "\(NumberText.grouped(captioner.decoding.maximumLength)) tokens; --maximum-length allows more"
      )
    }
    return Judged(
      hypotheses: written.map(\.text),
      references: References(test.captions.map { $0.map(captioner.reference) }),
      others: try other.map { ($0.path, try test.written(by: $0.captioner).map(\.text)) })
  }
}
