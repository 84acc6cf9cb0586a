import DragomanDecoding
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanTranslation

/// What every head of a model saw, against what translations say of it.
@Suite struct `Maps of heads` {
  static let line = "the cat sat on the mat ."

  static func translator(
    _ file: ModelFile, others: [ModelFile] = [], threads: Int = 1,
    changing change: (inout DecodingConfiguration) -> Void = { _ in }
  ) -> Translator {
    var decoding = DecodingConfiguration()
    (decoding.minimumLength, decoding.maximumLength) = (4, 9)
    change(&decoding)
    return Translator(
      file.trained, others: others.map(\.trained), decoding: decoding,
      kernels: Kernels(threads: threads))
  }

  private func maps(_ translator: Translator, _ line: String = line) -> (Translation, AttentionMaps)
  {
    let translation = translator.translate(line, TranslationOptions(withAttention: true))
    return (translation, translator.attentionMaps(of: translation))
  }

  @Test(arguments: SmallModel.Headed.allCases)
  func `are of the sides that have heads`(_ headed: SmallModel.Headed) {
    let translator = Self.translator(SmallModel.transformer(headed))
    let (translation, maps) = maps(translator)
    let (source, target) = (translation.sourceTokens.count, translation.targetTokens.count)
    func expect(
      _ layers: [AttentionLayer], _ sizes: (layers: Int, heads: Int)?, _ rows: Int, _ columns: Int
    ) {
      #expect(layers.map(\.heads) == Array(repeating: sizes?.heads ?? 0, count: sizes?.layers ?? 0))
      for layer in layers {
        for head in 0..<layer.heads {
          let weights = layer.weights(of: head)
          #expect(weights.count == rows && weights.allSatisfy { $0.count == columns })
        }
      }
    }
    let decoder = headed == .encoder ? nil : SmallModel.decoderSizes
    expect(maps.encoder, headed == .decoder ? nil : SmallModel.encoderSizes, source, source)
    expect(maps.decoder, decoder, target, target)
    expect(maps.source, decoder, target, source)
    #expect(translator.hasHeads && (translator.heads == nil) == (headed == .encoder))
  }

  @Test func `have rows that sum to 1, and differ from head to head`() {
    let (_, maps) = maps(Self.translator(SmallModel.transformer()))
    for layers in [maps.encoder, maps.decoder, maps.source] {
      var seen: [[[Float]]] = []
      for layer in layers {
        for weights in (0..<layer.heads).map(layer.weights) + [layer.mean] {
          #expect(weights.allSatisfy { row in row.allSatisfy { $0 >= 0 } })
          #expect(weights.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-5 })
          #expect(!seen.contains(weights))
          seen.append(weights)
        }
      }
    }
  }

  @Test func `of the decoder see nothing that is not written yet`() {
    let (_, maps) = maps(Self.translator(SmallModel.transformer()))
    for layer in maps.decoder {
      for head in 0..<layer.heads {
        for (step, row) in layer.weights(of: head).enumerated() {
          #expect(row[(step + 1)...].allSatisfy { $0 == 0 })
        }
      }
    }
  }

  @Test(arguments: SmallModel.Headed.allCases.filter { $0 != .encoder }, [1, 3])
  func `of the last layer have the mean that decoding gave, bit for bit`(
    _ headed: SmallModel.Headed, _ threads: Int
  ) {
    for normalizer in AttentionHeads.Normalizer.allCases {
      let file = SmallModel.transformer(headed, normalizer: normalizer)
      for change in SearchSettings.all {
        let translator = Self.translator(file, threads: threads, changing: change)
        for prefix in ["", "cat b"] {
          let options = TranslationOptions(prefix: prefix, withAttention: true)
          for found in translator.alternatives(`A translator`.lines, count: 1, options) {
            let maps = translator.attentionMaps(of: found[0])
            #expect(maps.source.last?.mean ?? [] == found[0].attention)
          }
        }
      }
    }
  }

  @Test func `of a decoder without self-attention are those that look at the source`() {
    let translator = Self.translator(SmallModel.transformer(selfAttention: .ssru))
    let (translation, maps) = maps(translator)
    #expect(maps.decoder.isEmpty && maps.encoder.count == SmallModel.encoderSizes.layers)
    #expect(
      maps.source.map(\.heads) == [SmallModel.decoderSizes.heads, SmallModel.decoderSizes.heads])
    #expect(maps.source.last?.mean == translation.attention)
  }

  @Test func `are none of recurrent models, of several, and of nothing`() {
    let transformer = SmallModel.transformer()
    #expect(maps(Self.translator(SmallModel.file())).1.isEmpty)
    #expect(!Self.translator(SmallModel.file()).hasHeads)
    let several = Self.translator(transformer, others: [SmallModel.transformer(seed: 6)])
    #expect(several.isEnsemble && !several.hasHeads && several.heads == nil)
    #expect(maps(several).1.isEmpty)
    #expect(maps(Self.translator(transformer), "").1.isEmpty)
  }

  @Test func `take the place of attention where one is chosen`() {
    let translator = Self.translator(SmallModel.transformer())
    let (translation, maps) = maps(translator)
    for layer in maps.source.indices {
      for head in [nil, 0, 3] as [Int?] {
        var seen = HeadChoice(layer: layer, head: head).seen(translation, by: translator)
        #expect(
          seen.attention
            == head.map { maps.source[layer].weights(of: $0) } ?? maps.source[layer].mean)
        seen.attention = translation.attention
        #expect(seen == translation)
      }
    }
    let empty = translator.translate("")
    #expect(HeadChoice(layer: 0, head: 0).seen(empty, by: translator) == empty)
  }
}
