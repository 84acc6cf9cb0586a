package import DragomanModels
import DragomanFormats
package import DragomanLayers
import DragomanTensor
package import DragomanText
package import DragomanTranslation

/// A small model with random weights, for tests of what is done with models.
package enum SmallModel {
  /// A model, of words if nothing else is said, whose vocabulary is that of the given text.
  package static func file(
    score: ScorerKind = .additive, cell: CellKind = .gru, positions: Int? = nil,
    text: [String] = ["a b c d e f g h", "the cat sat on the mat ."], vocabularySize: Int = 60,
    seed: UInt64 = 5, tokenizer: TokenizerKind = .word,
    changing change: (inout ModelConfiguration) -> Void = { _ in }
  ) -> ModelFile {
    let codec = TextCodec.trained(on: text, kind: tokenizer, vocabularySize: vocabularySize)
    var configuration = ModelConfiguration()
    configuration.embedding = 9
    configuration.recurrentEncoder.cell = cell
    configuration.recurrentEncoder.hidden = 7
    configuration.recurrentDecoder.cell = cell
    configuration.recurrentDecoder.hidden = 14
    configuration.attention.score = score
    if score == .additive { configuration.attention.size = 10 }
    if score == .location { configuration.attention.positions = positions ?? 6 }
    change(&configuration)
    let model = SequenceModel(
      configuration, sourceVocabulary: codec.vocabulary.count,
      targetVocabulary: codec.vocabulary.count)
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: seed)
    // Larger weights make a random model say more than one thing.
    Kernels(threads: 1).scale(weights.slab, by: 3)
    return ModelFile(
      TrainedModel(model, weights, source: codec, target: codec),
      configuration: ["name": "small", "model": configuration.json],
      record: .object([
        ("updates", .int(3)), ("epochs", .int(1)), ("pairs", .int(12)), ("targetTokens", .int(80)),
        (
          "validations",
          .array([
            .object([("update", .int(2)), ("epoch", .int(1)), ("loss", .double(2.5))]),
            .object([("update", .int(3)), ("epoch", .int(1)), ("loss", .double(1.25))]),
          ])
        ),
      ]))
  }

  /// A model that never ends a translation by itself.
  package static func endless() -> ModelFile {
    let file = Self.file()
    let vocabulary = file.target.vocabulary
    for entry in file.model.layout.entries where entry.shape == [vocabulary.count] {
      file.weights[entry.handle][0, Int(vocabulary.end)] = -1000
    }
    return file
  }
}
