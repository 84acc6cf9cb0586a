package import DragomanDecoding
package import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanSystem
package import DragomanTensor
import DragomanText

/// Writes captions about images or rows of features with a trained model, or with several.
///
/// The caption of an example depends neither on the other ones nor on the number of threads. A caption is a
/// ``Translation`` whose source is the name of the example; its attention has a weight for each region.
package struct Captioner: Sendable {
  /// The first model.
  package let model: TrainedCaptioner
  /// The configuration of the run that the first model is of; null if it did not come from a file.
  package private(set) var configuration = JSON.null
  /// How it writes: search, limits and batch size.
  package var decoding: DecodingConfiguration
  /// What computes.
  private let kernels: Kernels
  /// The models, ready to write.
  private let packed: [PackedModel]

  /// The captioner of a model file, or of several whose probabilities are averaged.
  ///
  /// - Parameters:
  ///   - path: the file; the first one says how to decode.
  ///   - others: further files, trained on the same data.
  ///   - threads: threads that compute; all cores by default.
  /// - Throws: what is wrong with a file; a ``CaptionerMismatch`` for models that cannot write together.
  package init(path: String, others: [String] = [], threads: Int? = nil) throws {
    func read(_ path: String) throws -> CaptionerFile {
      try ModelFileError.reading(path) { try CaptionerFile(path: path) }
    }
    let file = try read(path)
    let files = try others.map(read)
    for (other, name) in zip(files, others) {
      try CaptionerMismatch.check(other.trained, name, against: file.trained, path)
    }
    let decoding =
      try file.configuration["decoding"].map { stated in
        try ModelFileError.reading(path) {
          try DecodingConfiguration.read(stated, file: "\(path)[\(ModelFileKey.configuration)]")
        }
      } ?? DecodingConfiguration()
    self.init(
      file.trained, others: files.map(\.trained), decoding: decoding,
      kernels: Kernels(threads: threads))
    configuration = file.configuration
  }

  /// The captioner of models in memory, whose weights must not change any more.
  package init(
    _ model: TrainedCaptioner, others: [TrainedCaptioner] = [], decoding: DecodingConfiguration,
    kernels: Kernels
  ) {
    (self.model, self.decoding, self.kernels) = (model, decoding, kernels)
    packed = ([model] + others).map { PackedModel($0.model, weights: $0.weights, kernels) }
  }

  /// Lines and columns of the grid that regions are the places of; `nil` of features.
  package var gridSize: (height: Int, width: Int)? { model.model.encoder.gridSize }

  /// The best `count` captions of each example, the best first, or as many that are drawn.
  package func captions(
    of examples: [CaptionExample], count: Int = 1,
    _ options: TranslationOptions = TranslationOptions(), isTraced: Bool = false
  ) -> [TracedTranslation] {
    job(examples, count: count, options, isTraced: isTraced).finished()
  }

  /// The best caption of each example, written as long as `goesOn` says so, which is asked before every step; `nil` if
  /// it said no.
  package func captions(
    of examples: [CaptionExample], _ options: TranslationOptions, while goesOn: () -> Bool
  ) -> [Translation]? {
    var job = job(examples, count: 1, options, isTraced: false)
    repeat {
      guard goesOn() else { return nil }
    } while job.advance()
    return job.result.map { $0.translations[0] }
  }

  /// A writer of the caption of one example, before its first step, for whoever takes the steps.
  package func writer(
    _ example: CaptionExample, _ options: TranslationOptions
  ) -> TranslationWriter {
    TranslationWriter(job([example], count: 1, options, isTraced: false))
  }

  /// A reference in the spelling in which the models write.
  package func reference(_ line: String) -> String {
    model.target.tokenizer.normalization.reference(line)
  }

  /// What the model cannot write of a caption; `nil` if it can write all of it.
  package func targetNote(on line: String) -> SourceNote? {
    SourceNote(TextGate.text(line), model.target, nil)
  }

  private func job(
    _ examples: [CaptionExample], count: Int, _ options: TranslationOptions, isTraced: Bool
  ) -> TranslationJob {
    let vocabulary = model.target.vocabulary
    var options = options
    options.prefix = TextGate.text(options.prefix)
    return TranslationJob(
      examples.map(\.name), prepared: model.reading.source(examples), count: count,
      isTraced: isTraced,
      Search(
        packed, begin: vocabulary.begin, end: vocabulary.end, unknown: vocabulary.unknown, decoding),
      TranslationBuilder(source: nil, target: model.target, dictionary: nil, options), kernels)
  }
}

extension Captioner {
  /// The scores of given captions, by the path that training takes: the true previous token at every step; of several
  /// models the mean of their probabilities.
  package func scores(of captions: [(example: CaptionExample, text: String)]) -> [Score] {
    let target = model.target
    let encoded = captions.map { caption in
      EncodedPair(
        source: [],
        target: target.encode(TextGate.text(caption.text)) + [target.vocabulary.end])
    }
    let workspace = Workspace(kernels: kernels)
    var result: [Score] = []
    for start in stride(from: 0, to: captions.count, by: max(decoding.batch, 1)) {
      let rows = start..<min(start + max(decoding.batch, 1), captions.count)
      let batch = Batch(Array(encoded[rows]), begin: target.vocabulary.begin)
      let source = model.reading.source(captions[rows].map(\.example))
      let found = packed.map { packed in
        workspace.reset()
        return packed.model.losses(
          batch, reading: source, Pass(weights: packed.weights, workspace: workspace)
        ).map { 0 - $0 }
      }
      let mean = Score.mean(of: found)
      for (index, row) in rows.enumerated() {
        let tokens = Int(batch.targetOffsets[index])..<Int(batch.targetOffsets[index + 1])
        result.append(
          Score(
            tokens: encoded[row].target.map { target.display($0) },
            logProbabilities: Array(mean[tokens])))
      }
    }
    return result
  }
}
