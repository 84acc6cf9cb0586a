import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `What is wrong with captions is said` {
  private let fixture: CaptionFixture

  init() throws { fixture = try CaptionFixture() }

  private func message(_ configuration: () throws -> RunConfiguration) -> String {
    do {
      _ = try CaptioningTask(configuration())
      return "no error"
    } catch {
      return "\(error)".replacing("\(fixture.folder.path)/", with: "")
    }
  }

  private func message(train: String, encoder: String = CaptionFixture.convolutional) -> String {
    message {
      try fixture.configuration(
        encoder,
        data: """
          "train": [\(train)], "validation": ["\(fixture.folder["validation.tsv"])"],
          "\(encoder.contains("features") ? "features" : "images")": {"folder": "\(fixture.folder["images"])"}
          """)
    }
  }

  @Test func `by the line that names an image`() throws {
    try fixture.folder.write("train.tsv", "0.png\tit is\nnone.png\tit is not\n")
    #expect(
      message { try fixture.configuration() }.hasPrefix(
        "train.tsv:2: the image that this line names cannot be used. images/none.png: cannot open the file"
      ))
    try fixture.folder.write("train.tsv", "\n")
    #expect(
      message { try fixture.configuration() } == """
        data.train: no example can be used; 1 were skipped because a column is empty, too long or no text. Look at the \
        files, at data.columns and at data.maximumLength.
        """)
  }

  @Test func `by the key that captions have no use for`() throws {
    let configuration = try fixture.configuration()
    #expect(configuration.conflicts.isEmpty)
    var changed = configuration
    changed.decoding.replaceUnknown = true
    #expect(changed.conflicts.map(\.keys) == [["decoding.replaceUnknown", "task"]])
    try fixture.folder.write("train.tsv", "")
    #expect(message { configuration } == "data.train: no example can be used: the files have none")
  }

  /// The log tells how many validation tokens the vocabulary lacks.
  @Test func `by a mark with the unknown tokens of the validation captions`() throws {
    try fixture.folder.write("validation.tsv", "100.png\tit is somewhere else\n")
    let task = try CaptioningTask(fixture.configuration())
    #expect(task.summary.mark?.unknown == 2 && task.summary.unknownValidationTokens == 2)
  }

  /// How wide an encoder of features is, only the data tell.
  @Test func `by the rows whose size does not go with the decoder`() throws {
    #expect(
      message {
        var configuration = try fixture.features()
        configuration.model.attention.score = .dot
        return configuration
      } == """
        model.encoder.size is 3, the numbers in a row of the features: the dot scorer multiplies a decoder state with \
        an encoded position, and that has 3 numbers; set model.decoder.hidden to 3 or set model.attention.score to \
        "general", which takes any sizes
        """)
    #expect(
      message {
        var configuration = try fixture.features()
        configuration.model.tied = .output
        return configuration
      }.hasPrefix(
        """
        model.encoder.size is 3, the numbers in a row of the features: the weight of the projection is the table of \
        word vectors, but it reads 19 numbers and a word vector has 12; set 
        """))
    #expect(
      message {
        var configuration = try fixture.features()
        configuration.model.recurrentDecoder.bridge = false
        return configuration
      }.hasPrefix(
        """
        model.encoder.size is 3, the numbers in a row of the features: without a bridge the encoder's state is copied, \
        and it has 3 numbers; set model.decoder.bridge to true
        """))
  }

  @Test func `by the line of captions beside arrays`() throws {
    func features(_ captions: String) -> String {
      _ = try? fixture.folder.write("train.txt", captions)
      return message { try fixture.features() }
    }
    let line = "it is top left\n"
    #expect(
      features(String(repeating: line, count: 47)) == """
        train.npy: array 'features': expected 47 examples, one for each line of captions, found 48. Save both in the \
        same order.
        """)
    #expect(
      features(String(repeating: line, count: 3) + "\t \n" + line) == """
        train.txt: expected a caption for each example, found nothing on line 4. Write one, or take the example out.
        """)
    try AtomicFile.write(
      ArrayBytes.npz([
        ("features", ArrayBytes.npy("<f4", [2, 1, 3], ArrayBytes.floats([1, 2, 3, 4, 5, 6])))
      ]), to: fixture.folder["a.npz"])
    #expect(
      message(train: "\"\(fixture.folder["a.npz"])\"", encoder: #"{"kind": "features"}"#) == """
        a.npz: expected arrays of examples and of 'captions', found no text under this name. Name two files, \
        {"source": "a.npz", "target": "captions.txt"}, with a line for each example.
        """)
    try AtomicFile.write(
      ArrayBytes.npz([
        ("features", ArrayBytes.npy("<f4", [2, 1, 3], ArrayBytes.floats([1, 2, 3, 4, 5, 6]))),
        ("captions", ArrayBytes.npy("<U6", [2], ArrayBytes.texts(["it is", "a\tb c"], of: 6))),
      ]), to: fixture.folder["a.npz"])
    let task = try CaptioningTask(
      fixture.configuration(
        #"{"kind": "features"}"#,
        data: """
          "train": ["\(fixture.folder["a.npz"])"], "validation": ["\(fixture.folder["a.npz"])"]
          """))
    #expect(task.references?.references.segments == [["it is"], ["a", "b c"]])
  }

  @Test func `by the key of an encoder that does not fit`() throws {
    #expect(
      message { try fixture.configuration(#"{"kind": "vision", "patch": 5, "heads": 2}"#) } == """
        data.images: expected a size of images that model.encoder can read, found 6 × 8 pixels, which patches of 5 × \
        5 do not divide. Set data.images.height and data.images.width, which images are brought to, or change the \
        encoder.
        """)
    #expect(
      message { try fixture.features(#"{"kind": "features", "size": 4}"#) } == """
        model.encoder.size: expected 3, the numbers in a row of the features, found 4. Leave it out.
        """)
  }

  @Test func `by the keys that captions have no use for`() throws {
    func conflicts(_ more: String, _ training: String = "") -> String {
      do {
        _ = try fixture.configuration(training: training, more: more)
        return "no error"
      } catch { return "\(error)" }
    }
    for (more, expected) in [
      (#", "preset": "auto""#, "no preset looks at captions"),
      (#", "classifier": {}"#, "classifier"),
    ] {
      #expect(conflicts(more).contains(expected), "\(conflicts(more))")
    }
    #expect(
      conflicts("", #", "batchImages": 8"#).contains(
        "set training.batchTokens instead"))
    #expect(
      conflicts("", #", "classWeights": "balanced""#).contains("words are not classes"))
    func text(_ json: String) -> String {
      do {
        _ = try RunConfiguration.parse(Array(json.utf8), file: "a.json")
        return "no error"
      } catch { return "\(error)" }
    }
    let data = #""data": {"train": ["a.tsv"], "validation": ["b.tsv"]}"#
    let captioning = "{\"task\": \"captioning\", \(data)"
    // Without more, convolutions read images.
    #expect(text("\(captioning)}") == "no error")
    #expect(
      text("\(captioning), \"tokenizer\": {\"shared\": true}}").contains("captions alone are text"))
    #expect(
      text("\(captioning), \"tokenizer\": {\"kind\": \"bpe\", \"dropout\": 0.1}}").contains(
        "captions are always cut into the same pieces"))
    #expect(
      text("\(captioning), \"tokenizer\": {\"targetKind\": \"bpe\"}}").contains(
        "set tokenizer.kind in the place of tokenizer.targetKind"))
    #expect(
      text("\(captioning), \"model\": {\"tied\": \"all\"}}").contains(
        "images have no word vectors to share"))
    #expect(
      text("\(captioning), \"model\": {\"decoder\": {\"initialState\": \"backward\"}}}").hasSuffix(
        "this encoder has no final state to start from; set model.decoder.initialState to \"mean\"")
    )
    #expect(
      text("\(captioning), \"training\": {\"metrics\": [\"accuracy\"]}}").contains(
        "accuracy is not a figure of captioning"))
    #expect(
      text(
        "\(captioning), \"model\": {\"encoder\": {\"kind\": \"features\"}}, \"training\": {\"freeze\": \"encoder\"}}"
      ).contains("features as they are have no weights"))
    #expect(
      text("{\(data), \"model\": {\"encoder\": {\"kind\": \"vision\"}}}").contains(
        "a translation reads texts"))
    #expect(
      text(
        "{\(data), \"task\": \"captioning\", \"model\": {\"attention\": {\"doublyStochastic\": -1}}}"
      )
      .contains("model.attention.doublyStochastic"))
  }

  @Test func `by what another model does`() throws {
    let run = try fixture.train(
      try fixture.configuration(training: #", "updates": 2"#), "run")
    #expect(throws: ModelFileError.self) { _ = try ModelFile(path: run.last) }
    do {
      _ = try ModelFile(path: run.last)
    } catch {
      #expect(
        "\(error)".replacing("\(fixture.folder.path)/", with: "") == """
          run/last.safetensors: a model for captioning, but expected one for translation. Use `dragoman caption` with \
          it.
          """)
    }
    try SmallModel.file().write(to: fixture.folder["small.safetensors"])
    do {
      _ = try Captioner(path: fixture.folder["small.safetensors"])
    } catch {
      #expect("\(error)".contains("a model for translation, but expected one for captioning"))
    }
    // Other means are another way to read.
    let other = try fixture.train(
      try fixture.configuration(
        data: """
          "train": ["\(fixture.folder["validation.tsv"])"], "validation": ["\(fixture.folder["validation.tsv"])"],
          "images": {"folder": "\(fixture.folder["images"])"}
          """, training: #", "updates": 2"#), "other")
    do {
      _ = try Captioner(path: run.last, others: [other.last])
      Issue.record("two models that read otherwise")
    } catch {
      #expect(
        "\(error)".replacing("\(fixture.folder.path)/", with: "") == """
          other/last.safetensors: it reads images of 6 × 8 pixels as run/last.safetensors does, but prepares them \
          otherwise; models that caption together must be trained on the same data with the same \
          tokenizer and see the same regions, as runs with other seeds or checkpoints of one run do
          """)
    }
    let pretrained = try PretrainedModel(path: fixture.folder["small.safetensors"])
    try fixture.folder.write(
      "a.json",
      #"{"task": "captioning", "data": {"train": ["train.tsv"], "validation": ["validation.tsv"]}}"#
    )
    do {
      _ = try pretrained.configuration(path: fixture.folder["a.json"])
      Issue.record("a model that translates begins to caption")
    } catch {
      #expect("\(error)".contains("a model for translation, but expected one for captioning"))
    }
  }

  @Test func `before training, in a report`() throws {
    try fixture.folder.write(
      "validation.tsv", "0.png\tit is top left\n0.png\tit is top left\n100.png\tit was far\n")
    let report = try fixture.configuration().captionReport()
    let lines = report.lines.map { $0.replacing("\(fixture.folder.path)/", with: "") }
    #expect(
      lines == [
        "train: 48 captions of 48 images, 6 different words, at most 4 in a caption",
        "validation: 3 captions of 2 images, 6 different words, at most 4 in a caption",
        // The pictures of the fixture come again after twenty, under other names.
        "28 train: images that stand there under two names: train.tsv:21, train.tsv:22, train.tsv:23",
        "1 validation: captions that stand there twice for the same example: validation.tsv:2",
        "1 validation: images that stand there under two names: validation.tsv:3",
        "1 validation: images that the training data have as well: validation.tsv:1",
        "2 validation: words that no training caption has: 'far', 'was'",
      ])
    #expect(try fixture.features().captionReport().lines.first?.contains("lists of rows") == true)
  }
}
