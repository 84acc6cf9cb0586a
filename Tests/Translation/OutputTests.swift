@testable import DragomanSystem
@testable import DragomanDecoding
@testable import DragomanTranslation
import DragomanModels
import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

/// What stands between the decoder and the vocabulary, used for translating.
@Suite struct `A model's output` {
  static let outputs: [String: @Sendable (inout ModelConfiguration) -> Void] = [
    "deep": { $0.recurrentDecoder.output.kind = .deep },
    "deep without the word": {
      $0.recurrentDecoder.output.kind = .deep
      $0.recurrentDecoder.output.hidden = 11
      $0.recurrentDecoder.output.embedding = false
    },
    "tied": {
      $0.tied = .all
      $0.recurrentDecoder.output.kind = .deep
    },
    "tied without a layer": {
      $0.tied = .output
      $0.embedding = 28
    },
    "tied languages": { $0.tied = .languages },
    "attentional": { $0.recurrentDecoder.feeding = .attentional },
    "attentional under a layer": {
      $0.recurrentDecoder.feeding = .attentional
      $0.recurrentDecoder.output.kind = .deep
      $0.recurrentDecoder.output.hidden = 5
    },
    "coverage": { $0.attention.coverage = true },
    "transformer": {
      $0.encoder = .transformer(Self.encoder)
      $0.decoder = .transformer(Self.decoder)
    },
    "transformer over a window, tied": {
      var (encoder, decoder) = (Self.encoder, Self.decoder)
      (encoder.window, decoder.window) = (1, 2)
      (encoder.normalization, decoder.normalization) = (.after, .after)
      decoder.width = $0.embedding - $0.embedding % 2
      ($0.embedding, $0.tied) = (decoder.width, .all)
      ($0.encoder, $0.decoder) = (.transformer(encoder), .transformer(decoder))
    },
    "transformer under a recurrent decoder": {
      $0.encoder = .transformer(Self.encoder)
      $0.recurrentDecoder.initialState = .mean
    },
    "transformer over a recurrent encoder": { $0.decoder = .transformer(Self.decoder) },
    "attentional and tied": {
      $0.recurrentDecoder.feeding = .attentional
      $0.tied = .all
      $0.embedding = 14
    },
  ]

  static let encoder: TransformerEncoderConfiguration = {
    var encoder = TransformerEncoderConfiguration()
    (encoder.width, encoder.layers, encoder.heads, encoder.inner) = (14, 2, 2, 9)
    return encoder
  }()

  static let decoder: TransformerDecoderConfiguration = {
    var decoder = TransformerDecoderConfiguration()
    (decoder.width, decoder.layers, decoder.heads, decoder.inner) = (10, 2, 2, 11)
    return decoder
  }()

  func file(_ output: String) throws -> ModelFile {
    let change = try #require(Self.outputs[output])
    let file = SmallModel.file { model in
      change(&model)
      // Keys that do not count have their defaults.
      if model.decoder.recurrent == nil { model.attention = AttentionConfiguration() }
    }
    // Normalised features need no larger weights to say more than one thing: with them they say but one.
    if file.model.configuration.decoder.recurrent == nil {
      Kernels(threads: 1).scale(file.weights.slab, by: 1 / 3)
    }
    return file
  }

  func translator(
    _ output: String, threads: Int = 1, batch: Int = 64, instructions: Kernels.InstructionSet? = nil
  ) throws -> Translator {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 12
    decoding.batch = batch
    return Translator(
      try file(output).trained, decoding: decoding,
      kernels: Kernels(threads: threads, instructions: instructions))
  }

  @Test(arguments: outputs.keys.sorted())
  func `says the same for any batch, number of threads and instruction set`(_ output: String) throws
  {
    let lines = `A translator`.lines
    let expected = try translator(output).translate(lines, TranslationOptions(withAttention: true))
    for batch in [1, 2, 3] {
      #expect(
        try translator(output, batch: batch).translate(
          lines, TranslationOptions(withAttention: true)) == expected)
    }
    #expect(
      try translator(output, threads: 3).translate(lines, TranslationOptions(withAttention: true))
        == expected)
    for instructions in Kernels.available {
      #expect(
        try translator(output, instructions: instructions).translate(
          lines, TranslationOptions(withAttention: true))
          == expected)
    }
  }

  /// Decoding reads a packed matrix and one word at a time; forcing reads the whole batch.
  @Test(arguments: outputs.keys.sorted())
  func `scores its own tokens as it did while writing them`(_ output: String) throws {
    let file = try file(output)
    let kernels = Kernels(threads: 1)
    let pass = Pass(weights: file.weights, workspace: Workspace(kernels: kernels))
    let source: [Int32] = [4, 6, 5, 3, file.source.vocabulary.end]
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 7
    // Drawn, since the most probable token of a model with random weights may be the same at every step.
    decoding.search = .sampling
    let search = Search(
      [PackedModel(file.model, weights: file.weights, kernels)],
      begin: file.target.vocabulary.begin, end: -1, decoding)
    let drawn = search.translate(
      [source], options: SearchOptions(count: 64), Workspace(kernels: kernels))[0]
    let found = try #require(drawn.first { Set($0.tokens).count > 1 })
    let losses = file.model.losses(
      Batch(
        [EncodedPair(source: source, target: found.tokens)], begin: file.target.vocabulary.begin),
      pass)
    for (loss, logProbability) in zip(losses, found.logProbabilities) {
      #expect(abs(loss + logProbability) < 1e-4)
    }
  }

  @Test(arguments: TiedWeights.allCases) func `has one parameter for what is tied`(
    _ tied: TiedWeights
  ) throws {
    var configuration = ModelConfiguration()
    configuration.tied = tied
    configuration.recurrentDecoder.output.kind = .deep
    let model = SequenceModel(configuration, sourceVocabulary: 7, targetVocabulary: 7)
    let tables = model.layout.entries.filter { $0.handle.rows == 7 }.map(\.name)
    let expected: [TiedWeights: [String]] = [
      .none: ["encoder.embedding", "decoder.embedding", "output.weight"],
      .output: ["encoder.embedding", "decoder.embedding"],
      .languages: ["embedding", "output.weight"], .all: ["embedding"],
    ]
    #expect(tables == expected[tied])
    #expect(model.layout.entries.contains { $0.name == "output.bias" })
  }

  @Test func `tied over two vocabularies is refused when it is read`() throws {
    let path = "/tmp/dragoman-output-\(UInt64.random(in: 0...UInt64.max)).safetensors"
    defer { try? Files.remove(path) }
    let file = try file("tied languages")
    let other = TextCodec.trained(on: ["x y"], kind: .word, vocabularySize: 60)
    try ModelFile(
      TrainedModel(file.model, file.weights, source: file.source, target: other),
      configuration: file.configuration, record: file.record
    ).write(to: path)
    let error = #expect(throws: ModelFileError.self) { try ModelFile(path: path) }
    #expect(
      try "\(#require(error))".replacing(path, with: "FILE")
        == "FILE: metadata 'dragoman.target': expected nothing, since model.tied is \"languages\", "
        + "found a vocabulary of its own.")
  }

  @Test(arguments: outputs.keys.sorted())
  func `comes back from a file`(_ output: String) throws {
    let path = "/tmp/dragoman-output-\(UInt64.random(in: 0...UInt64.max)).safetensors"
    defer { try? Files.remove(path) }
    let file = try file(output)
    try file.write(to: path)
    let read = try ModelFile(path: path)
    #expect(read.model.configuration == file.model.configuration)
    #expect(read.model.layout == file.model.layout)
    #expect(read.weights.slab.elements == file.weights.slab.elements)
  }
}
