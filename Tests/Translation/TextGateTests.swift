import DragomanDecoding
import DragomanFormats
import DragomanModels
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

@Suite struct `Text that comes to a translator` {
  @Test func `loses a byte order mark, whatever the model`() throws {
    let translator = Translator(
      SmallModel.file().trained, decoding: DecodingConfiguration(), kernels: Kernels(threads: 1))
    let (plain, marked) = ("the cat sat", "\u{FEFF}the cat sat")
    let translation = translator.translate(marked)
    #expect(translation.text == translator.translate(plain).text)
    #expect(translation.source.unicodeScalars.elementsEqual(plain.unicodeScalars))
    #expect(translation.sourceTokens == ["the", "cat", "sat", "</s>"])
    let pairs = [
      SentencePair(source: plain, target: "a b"),
      SentencePair(source: marked, target: "\u{FEFF}a b"),
    ]
    let scores = translator.score(pairs)
    #expect(scores[0].logProbabilities == scores[1].logProbabilities)
    let traced = translator.traced([marked], count: 1)
    #expect(traced[0].translations[0].text == translation.text)
    let begun = TranslationOptions(prefix: "\u{FEFF}the")
    #expect(translator.translate(plain, begun).text.hasPrefix("the"))
  }

  /// A model with the same weights whose texts are normalised.
  private func translator(_ normalization: TextNormalization) -> Translator {
    let file = SmallModel.file(text: ["p\u{E8}re fatigu\u{E9} station doesn't \u{2019} '"])
    func normalized(_ codec: TextCodec) throws -> TextCodec {
      let stated: JSON = [
        "normalization": .string(normalization.form.rawValue),
        "punctuation": .string(normalization.punctuation.rawValue),
      ]
      return try TextCodec(
        .object(
          (codec.json.members ?? []).map { ($0.name, $0.value) }
            + (stated.members ?? []).map { ($0.name, $0.value) }), file: "m")
    }
    let trained = file.trained
    guard let source = try? normalized(trained.source) else { preconditionFailure("no codec") }
    return Translator(
      TrainedModel(trained.model, trained.weights, source: source, target: source),
      decoding: DecodingConfiguration(), kernels: Kernels(threads: 1))
  }

  @Test func `is normalised as the model's file says`() {
    let nfc = translator(TextNormalization(form: .nfc, punctuation: .folded))
    func same(_ line: String, _ other: String) -> Bool {
      let (one, two) = (nfc.translate(line), nfc.translate(other))
      let scores = nfc.score([
        SentencePair(source: line, target: "station"),
        SentencePair(source: other, target: "station"),
      ])
      return one.text == two.text && one.sourceIDs == two.sourceIDs
        && scores[0].logProbabilities == scores[1].logProbabilities
    }
    #expect(same("pe\u{300}re fatigue\u{301}", "p\u{E8}re fatigu\u{E9}"))
    #expect(same("sta\u{AD}tion", "station"))
    #expect(same("doesn\u{2019}t", "doesn't"))
    let empty = nfc.translate("\u{200B}")
    #expect(empty.text.isEmpty && empty.targetIDs.isEmpty)
    // As the model of an earlier version reads it.
    let old = translator(TextNormalization())
    #expect(
      old.translate("pe\u{300}re").sourceIDs != old.translate("p\u{E8}re").sourceIDs)
    #expect(!old.translate("\u{200B}").sourceIDs.dropLast().isEmpty)
  }

  @Test func `keeps its normalisation in a file, each side its own`() throws {
    let folder = try TemporaryFolder()
    let pairs = ParallelCorpus([
      SentencePair(source: "THE gare\u{202F}?", target: "DH AH0\u{202F}?"),
      SentencePair(source: "the gare ?", target: "DH AH0\u{202F}?"),
    ])
    for shared in [false, true] {
      let (source, target) = TextCodec.trained(
        on: pairs, shared: shared, kinds: (.word, .word), vocabularySize: 60,
        TextNormalization(form: .nfc, lowercase: .source))
      let small = SmallModel.file()
      let model = SequenceModel(
        small.model.configuration, sourceVocabulary: source.vocabulary.count,
        targetVocabulary: target.vocabulary.count)
      let file = ModelFile(
        TrainedModel(model, Parameters(layout: model.layout), source: source, target: target),
        configuration: ["model": model.configuration.json], record: [:])
      #expect((file.ownMetadata["dragoman.target"] == nil) == shared)
      try file.write(to: folder["m.safetensors"])
      let read = try ModelFile(path: folder["m.safetensors"])
      #expect(read.source.decode(read.source.encode("THE gare\u{202F}?")) == "the gare ?")
      let written = read.target.decode(read.target.encode("DH AH0\u{202F}?"))
      #expect(written.unicodeScalars.elementsEqual("DH AH0\u{202F}?".unicodeScalars))
    }
  }
}
