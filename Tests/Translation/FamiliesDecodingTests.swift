import DragomanDecoding
import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTranslation

/// Search knows no family: beams, drawing, prefixes, pieces and ensembles of all of them.
@Suite struct `Every family of models` {
  static let lines = `A translator`.lines

  static func model(_ family: ModelFamily, seed: UInt64 = 5) -> TrainedModel {
    SmallModel.file(seed: seed) { family.apply(to: &$0, width: 14, layers: 2) }.trained
  }

  static func translator(
    _ families: [ModelFamily], _ change: (inout DecodingConfiguration) -> Void = { _ in },
    batch: Int = 64, _ kernels: Kernels = Kernels(threads: 1)
  ) -> Translator {
    let models = families.map { Self.model($0) }
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 9
    change(&decoding)
    decoding.batch = batch
    return Translator(
      models[0], others: Array(models.dropFirst()), decoding: decoding, kernels: kernels)
  }

  private func checkAlike(_ families: [ModelFamily], _ search: Int) {
    for options in [
      TranslationOptions(withAttention: true), TranslationOptions(prefix: "the cat"),
    ] {
      let expected = Self.translator(families, SearchSettings.all[search])
        .translate(Self.lines, options)
      for batch in [1, 3] {
        let found = Self.translator(families, SearchSettings.all[search], batch: batch)
          .translate(Self.lines, options)
        #expect(found == expected, "batches of \(batch)")
      }
      for instructions in Kernels.available {
        let kernels = Kernels(threads: 3, instructions: instructions)
        let found = Self.translator(families, SearchSettings.all[search], kernels)
          .translate(Self.lines, options)
        #expect(found == expected, "\(instructions.rawValue)")
      }
    }
  }

  @Test(arguments: ModelFamily.allCases, SearchSettings.all.indices)
  func `writes the same in any batch, on any threads and instruction set`(
    _ family: ModelFamily, _ search: Int
  ) {
    checkAlike([family], search)
  }

  @Test(arguments: SearchSettings.all.indices)
  func `joins an ensemble with all others`(_ search: Int) throws {
    checkAlike(ModelFamily.allCases, search)
    let pair = SentencePair(source: "the cat", target: "a b mat")
    func logProbabilities(_ families: [ModelFamily]) throws -> [Float] {
      Self.translator(families).score([pair])[0].logProbabilities
    }
    let all = try logProbabilities(ModelFamily.allCases)
    let each = try ModelFamily.allCases.map { try logProbabilities([$0]) }
    for (token, found) in all.enumerated() {
      let mean =
        each.reduce(0) { $0 + exponential(Double($1[token])) } / Double(each.count)
      #expect(abs(exponential(Double(found)) - mean) < 1e-6)
    }
  }

  @Test(arguments: ModelFamily.allCases, SearchSettings.all.indices)
  func `comes in pieces, and without probabilities`(
    _ family: ModelFamily, _ search: Int
  ) async throws {
    let translator = Self.translator([family], SearchSettings.all[search])
    for line in Self.lines.prefix(4) {
      let whole = Self.whole(translator, line, TranslationOptions(withAttention: true))
      var text = ""
      for try await piece in translator.stream(line, TranslationOptions(withAttention: true)) {
        text += piece.text
      }
      #expect(text == whole.text)
      // The 8-bit screen may leave probabilities out, not another token.
      let screened = Self.whole(translator, line, TranslationOptions(withProbabilities: false))
      #expect(screened.text == whole.text)
    }
  }

  static func whole(
    _ translator: Translator, _ line: String, _ options: TranslationOptions
  ) -> Translation {
    translator.translate(line, options)
  }
}
