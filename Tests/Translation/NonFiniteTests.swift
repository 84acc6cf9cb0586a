import DragomanDecoding
import DragomanFormats
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

/// Models that hold or compute what is not a number are told of, and nothing is made of them.
@Suite struct `A number that is none` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file with one weight spoilt.
  private func file(_ value: Float) throws -> String {
    let file = SmallModel.file()
    try #require(file.weights[named: "output.bias"])[0, 3] = value
    let path = folder["spoilt.safetensors"]
    try file.write(to: path)
    return path
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `in a file is refused with its place, unless somebody wants to look at it`(
    _ value: Float
  ) throws {
    let path = try file(value)
    let error = #expect(throws: ModelFileError.self) { try Translator(path: path) }
    #expect(
      error
        == .notFinite(path: path, tensor: "output.bias", element: 3, found: "\(value)"))
    #expect(error?.description.contains("'output.bias' is \(value) at element 3") == true)
    let reader = try SafetensorsReader(path: path)
    let looked = try ModelFile(reader, allowingNonFinite: true)
    #expect(looked.weights[named: "output.bias"]?[0, 3].isFinite == false)
  }

  @Test func `that is computed makes a translation broken and a score none`() throws {
    let model = SmallModel.file().trained
    let bias = try #require(model.weights[named: "output.bias"])
    for column in 0..<bias.columns { bias[0, column] = .nan }
    for beam in [1, 3] {
      var decoding = DecodingConfiguration()
      decoding.beam = beam
      let translator = Translator(model, decoding: decoding, kernels: Kernels(threads: 1))
      #expect(translator.translate("a b c").isBroken, "beam \(beam)")
    }
    let translator = Translator(
      model, decoding: DecodingConfiguration(), kernels: Kernels(threads: 1))
    #expect(translator.score([SentencePair(source: "a", target: "b")])[0].logProbability.isNaN)
    #expect(NoNumber(line: 3).description.hasPrefix("line 3: what the model computes is infinite"))
  }

  @Test func `of tokens is bounded`() throws {
    let translator = Translator(
      SmallModel.file().trained, decoding: DecodingConfiguration(), kernels: Kernels(threads: 1))
    let long = String(repeating: "a ", count: Limits.current.lineTokens + 1)
    #expect(throws: Never.self) { try translator.requireReadable(["a b c", ""], from: 1) }
    let error = #expect(throws: LineTooLong.self) {
      try translator.requireReadable(["a", long], from: 1)
    }
    #expect(
      error?.description
        == "line 2: 10,001 tokens, but at most 10,000 are read. Cut it into sentences, or raise the limit: "
        + "DRAGOMAN_LINE_TOKENS=N in the environment.")
    #expect(
      LineTooLong(line: 4, found: 9000, limit: 8000, isAttention: true).description
        == "line 4: 9,000 tokens, but at most 8,000 are read beside so long a translation, whose attention takes "
        + "more than a gigabyte. Cut it into sentences.")
    #expect(throws: LineTooLong.self) {
      try translator.requireReadable([SentencePair(source: "a", target: long)], from: nil)
    }
  }
}
