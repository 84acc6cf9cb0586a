import DragomanDecoding
import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

@Suite struct `The file of a captioning model` {
  @Test func `gives back what was written, byte for byte`() throws {
    let folder = try TemporaryFolder()
    for model in [SmallCaptioner.images(), SmallCaptioner.features()] {
      let file = SmallCaptioner.file(model)
      try file.write(to: folder["a.safetensors"])
      let read = try CaptionerFile(path: folder["a.safetensors"])
      #expect(read.trained.model.configuration == model.model.configuration)
      #expect(
        read.trained.target == model.target && read.record.serialized() == file.record.serialized())
      #expect(read.weights.slab.elements == model.weights.slab.elements)
      try read.write(to: folder["b.safetensors"])
      #expect(try Files.read(folder["a.safetensors"]) == Files.read(folder["b.safetensors"]))
      guard case .captioning = try SavedModel(path: folder["a.safetensors"]) else {
        Issue.record("another model")
        return
      }
    }
  }

  /// What reading a file says whose configuration was changed.
  private func message(
    _ model: TrainedCaptioner, _ change: (JSON) -> JSON
  ) throws -> String {
    let folder = try TemporaryFolder()
    let file = SmallCaptioner.file(model)
    try CaptionerFile(model, configuration: change(file.configuration), record: file.record)
      .write(to: folder["a.safetensors"])
    do {
      _ = try CaptionerFile(path: folder["a.safetensors"])
      return "no error"
    } catch { return "\(error)".replacing("\(folder.path)/", with: "") }
  }

  @Test func `is refused where its configuration lacks something`() throws {
    let model = SmallCaptioner.images()
    #expect(try message(model) { $0 } == "no error")
    #expect(
      try message(model) { $0.removing("data") } == """
        a.safetensors: metadata 'dragoman.configuration': expected height, width, channels, mean and deviation in \
        data.images, found not all.
        """)
    #expect(
      try message(model) { $0.removing("model") }
        == "a.safetensors: metadata 'dragoman.configuration': expected an object 'model', found none."
    )
    #expect(
      try message(SmallCaptioner.features()) { $0.removing("data") } == """
        a.safetensors: metadata 'dragoman.configuration': expected a mean and a deviation of each column in \
        data.features, found not all.
        """)
  }

  @Test func `says which command uses it`() throws {
    let folder = try TemporaryFolder()
    try SmallCaptioner.file(SmallCaptioner.images()).write(to: folder["a.safetensors"])
    do {
      _ = try Translator(path: folder["a.safetensors"])
      Issue.record("a captioner translates")
    } catch {
      #expect(
        "\(error)".replacing("\(folder.path)/", with: "")
          == "a.safetensors: a model for captioning, but expected one for translation. Use `dragoman caption` with it."
      )
    }
  }

  @Test func `writes with files that read, see and write alike only`() throws {
    let folder = try TemporaryFolder()
    func message(_ other: CaptionerFile) throws -> String {
      try other.write(to: folder["b.safetensors"])
      return folder.message {
        _ = try Captioner(path: folder["a.safetensors"], others: [folder["b.safetensors"]])
      }
    }
    let first = SmallCaptioner.images()
    try SmallCaptioner.file(first).write(to: folder["a.safetensors"])
    #expect(try message(SmallCaptioner.file(SmallCaptioner.images(seed: 6))) == "no error")
    let features = try message(SmallCaptioner.file(SmallCaptioner.features()))
    #expect(
      features.hasPrefix(
        "b.safetensors: it reads rows of 3 numbers, but a.safetensors images of 6 × 8 pixels; models that caption"
      ), "\(features)")
    var vision = VisionEncoderConfiguration()
    (vision.patch, vision.width, vision.layers, vision.heads, vision.inner) = (1, 6, 1, 2, 8)
    let regions = try message(SmallCaptioner.file(SmallCaptioner.images(.vision(vision))))
    #expect(
      regions.hasPrefix("b.safetensors: it sees 6 × 8 regions, but a.safetensors 3 × 4; models"),
      "\(regions)")
    let codec = TextCodec.trained(on: ["a dot"], kind: .word, vocabularySize: 60).of(.target)
    let model = SequenceModel(
      first.model.configuration, reading: first.reading.input,
      targetVocabulary: codec.vocabulary.count)
    let few = TrainedCaptioner(
      model, Parameters(layout: model.layout), reading: first.reading, target: codec)
    let words = try message(SmallCaptioner.file(few))
    #expect(
      words.hasPrefix(
        "b.safetensors: its vocabulary is not that of a.safetensors: expected "
          + "\(first.target.vocabulary.count) tokens, found \(codec.vocabulary.count); models"),
      "\(words)")
  }

  @Test func `decodes what it computes when it is forced, for any threads and companions`() throws {
    let examples = try (0..<3).map { index in
      let model = SmallCaptioner.images()
      guard case .images(let preparation) = model.reading else { throw WalkError.noWords }
      var bytes = SmallClassifier.image().bytes
      for place in bytes.indices where place % (index + 2) == 0 { bytes[place] ^= 0x55 }
      return CaptionExample(
        "\(index)",
        fitted: .init(height: 6, width: 8, channels: 3, bytes: bytes), preparation)
    }
    var all: [[[String]]] = []
    for kernels in Kernels.available.flatMap({ set in
      [1, 3].map { Kernels(threads: $0, instructions: set) }
    }) {
      var decoding = DecodingConfiguration()
      (decoding.beam, decoding.maximumLength) = (3, 7)
      let captioner = Captioner(SmallCaptioner.images(), decoding: decoding, kernels: kernels)
      let found = captioner.captions(of: examples, TranslationOptions(withAttention: true))
      let captions = found.map { $0.translations[0] }
      all.append(captions.map(\.targetTokens))
      // A random model may write the same about every image, but it is not as sure of it.
      #expect(Set(captions.map(\.logProbabilities)).count == examples.count)
      for (example, caption) in zip(examples, captions) {
        #expect(
          captioner.captions(of: [example], TranslationOptions(withAttention: true))[0]
            .translations[0] == caption)
        #expect(caption.attention.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-5 && $0.count == 12 })
      }
      let score = captioner.scores(of: [(examples[1], captions[1].text)])[0]
      for (given, written) in zip(score.logProbabilities, captions[1].logProbabilities) {
        #expect(abs(given - written) < 1e-4)
      }
    }
    #expect(all.allSatisfy { $0 == all[0] })
  }
}

@Suite struct `A walk through a captioning model` {
  private static let kernels = Kernels(threads: 1)

  @Test func `ends where the captioner does, and its gradients are differences of the loss`() throws
  {
    let folder = try TemporaryFolder()
    try SmallClassifier.write(SmallClassifier.image(), to: folder["one.png"])
    var vision = VisionEncoderConfiguration()
    (vision.patch, vision.width, vision.layers, vision.heads, vision.inner) = (2, 6, 1, 2, 8)
    for model in [SmallCaptioner.images(), SmallCaptioner.images(.vision(vision))] {
      let walk = try Walk(
        file: folder["one.png"], named: "one.png", reference: "a red circle", of: model,
        withGradients: true, kernels: Self.kernels)
      #expect(walk.source.line == "one.png" && walk.source.tokens.count == 12)
      #expect(walk.source.tokens.last?.text == "3·4" && walk.encoder.states.count == 12)
      #expect(walk.steps.map(\.output.text) == ["a", "red", "circle", "</s>"])
      #expect(walk.steps.allSatisfy { $0.weights.count == 12 })
      let captioner = Captioner(
        model, decoding: DecodingConfiguration(), kernels: Self.kernels)
      let example = try model.reading.examples(path: folder["one.png"])[0]
      let score = captioner.scores(of: [(example, "a red circle")])[0]
      #expect(walk.steps.map { -$0.loss } == score.logProbabilities)
      let gradients = try #require(walk.gradients)
      #expect(gradients.states.count == 12 && gradients.norm > 0)
      #expect(gradients.parameters.allSatisfy { !$0.name.hasSuffix(".mean") })
      // Greedy search writes what the captioner does.
      let free = try Walk(file: folder["one.png"], of: model, kernels: Self.kernels)
      var decoding = DecodingConfiguration()
      decoding.maximumLength = Walk.longest
      let written = Captioner(model, decoding: decoding, kernels: Self.kernels)
        .captions(of: [example])[0].translations[0]
      #expect(free.text == written.text && free.steps.map(\.output.text) == written.targetTokens)
    }
  }
}
