import DragomanTestSupport
import DragomanModels
import DragomanSystem
import DragomanFormats
import DragomanTranslation
import Foundation
import Testing

@testable import DragomanTraining

/// Benchmarks compare equals only if the models of benchmarks/models.json, which other systems read, are those of the
/// configurations beside it.
@Suite struct `Configurations of the benchmarks` {
  static let folder = packageFolder.appending(path: "benchmarks")
  static let names = ["tiny", "small", "bigru", "lstm", "transformer", "large", "multi30k"]

  static func configuration(_ name: String) throws -> RunConfiguration {
    try RunConfiguration.read(path: folder.appending(path: "\(name).json").path)
  }

  static func models() throws -> JSON {
    let path = folder.appending(path: "models.json").path
    return try JSON.parse(try Files.read(path), file: path)
  }

  @Test func `there is one for each model`() throws {
    let models = try #require(Self.models()["models"]?.members).map(\.name)
    #expect(models + ["multi30k"] == Self.names)
  }

  @Test(arguments: names.dropLast()) func `have the sizes that other systems are given`(
    _ name: String
  ) throws {
    let configuration = try Self.configuration(name)
    let model = try #require(Self.models()["models"]?[name])
    func size(_ key: String) throws -> Int { try #require(model[key]?.int, "\(name): \(key)") }
    #expect(configuration.name == name)
    #expect(try configuration.tokenizer.vocabulary == size("vocabulary"))
    #expect(try configuration.model.embedding == size("embedding"))
    #expect(configuration.model.dropout == DropoutConfiguration(0))
    #expect(
      try configuration.training.batchTokens == size("batch") * size("targetLength"))
    switch try #require(model["kind"]?.string) {
    case "transformer":
      let encoder = try #require(configuration.model.encoder.transformer)
      let decoder = try #require(configuration.model.decoder.transformer)
      // All else is as by default: normalisation before, ReLU, softmax, no window.
      var expected = TransformerEncoderConfiguration()
      (expected.width, expected.inner) = (try size("width"), try size("inner"))
      (expected.layers, expected.heads) = (try size("layers"), try size("heads"))
      #expect(encoder == expected)
      var expectedDecoder = TransformerDecoderConfiguration()
      (expectedDecoder.width, expectedDecoder.inner) = (expected.width, expected.inner)
      (expectedDecoder.layers, expectedDecoder.heads) = (expected.layers, expected.heads)
      #expect(decoder == expectedDecoder)
      #expect(configuration.model.tied == .none)
    case "lstm":
      let (encoder, decoder) = (
        configuration.model.recurrentEncoder, configuration.model.recurrentDecoder
      )
      #expect(try encoder.hidden == size("hidden") && decoder.hidden == size("hidden"))
      #expect(encoder.cell == .lstm && !encoder.bidirectional && decoder.feeding == .none)
      #expect(try encoder.layers == size("layers") && decoder.layers == size("layers"))
      #expect(configuration.model.attention.score == .general && !decoder.bridge)
    default:
      let (encoder, decoder) = (
        configuration.model.recurrentEncoder, configuration.model.recurrentDecoder
      )
      #expect(try encoder.hidden == size("hidden") && decoder.hidden == size("hidden"))
      #expect(encoder.cell == .gru && encoder.bidirectional && decoder.feeding == .context)
      #expect(encoder.layers == 1 && decoder.layers == 1 && decoder.bridge)
      #expect(configuration.model.attention.score == .additive)
      #expect(try configuration.model.attention.size == size("attention"))
    }
  }

  @Test func `real text has the model and the budget of bigru`() throws {
    let (text, bigru) = (try Self.configuration("multi30k"), try Self.configuration("bigru"))
    #expect(text.model == bigru.model && text.tokenizer == bigru.tokenizer)
    #expect(text.training.batchTokens == bigru.training.batchTokens)
  }
}
