import DragomanFormats
import DragomanImages
import DragomanModels
import DragomanSystem
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `Classification of images` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try Files.createDirectories(folder["images"])
    for (part, count, start) in [("train", 48, 0), ("validation", 12, 100)] {
      var lines = ""
      for index in start..<(start + count) {
        let label = ["bright left", "bright right"][index % 2]
        try AtomicFile.write(
          PNGWriter.bytes(of: picture(index)), to: folder["images/\(index).png"])
        lines += "\(index).png\t\(label)\n"
      }
      try folder.write("\(part).tsv", lines)
    }
  }

  /// 6 × 8 pixels in grey, one half of them brighter.
  private func picture(_ index: Int) -> Image {
    Image(
      height: 6, width: 8, channels: 1,
      samples: (0..<48).map { place in
        let isBright = (place % 8 < 4) == (index % 2 == 0)
        return (isBright ? 0.7 : 0.3) + Float((place * 7 + index * 13) % 10) / 50
      })
  }

  private func configuration(
    _ encoder: String, _ more: String = "",
    images: String = #""augment": {"shift": 1, "noise": 0.05}"#
  ) throws -> RunConfiguration {
    try RunConfiguration.parse(
      Array(
        """
        {"task": "classification",
         "data": {"train": ["\(folder["train.tsv"])"], "validation": ["\(folder["validation.tsv"])"],
                  "images": {"folder": "\(folder["images"])", \(images)}},
         "classifier": {"encoder": \(encoder)},
         "training": {"epochs": 16, "batchImages": 8, "patience": null, "optimizer": {"learningRate": 0.01},
                      "average": {"kind": "ema"}}\(more)}
        """.utf8), file: "a.json")
  }

  @Test func `tells before training of equal images, whatever they are called`() throws {
    // The pictures come again after ten.
    let problems = try configuration(Self.convolutional).classificationReport().problems
    #expect(
      problems.map(\.text) == [
        "38 train: images that stand there twice with the same class",
        "2 validation: images that stand there twice with the same class",
        "10 validation: images that the training examples have as well",
      ])
    #expect(problems.last?.places.first?.hasSuffix("validation.tsv:1") == true)
  }

  private static let convolutional = """
    {"kind": "convolutional", "stages": [{"channels": 4, "pool": "maximum"}, {"channels": 6, "squeeze": 2}]}
    """
  private static let vision = """
    {"kind": "vision", "patch": 2, "width": 16, "layers": 1, "heads": 2, "inner": 16}
    """

  private func train(
    _ configuration: RunConfiguration, _ name: String, resume: Bool = false, threads: Int = 1,
    stopAfter: Int? = nil
  ) throws -> RunFolder {
    let run = RunFolder(name: name, in: folder.path)
    let trainer = try Trainer(configuration, folder: run, resume: resume, threads: threads)
    let start = trainer.position.update
    try trainer.run { stopAfter.map { trainer.position.update - start >= $0 } ?? false }
    return run
  }

  @Test(arguments: [Self.convolutional, Self.vision])
  func `learns, and reads its file again`(encoder: String) throws {
    let run = try train(try configuration(encoder), "run", threads: 2)
    let classifier = try ExampleClassifier(path: run.best, threads: 1)
    #expect(classifier.readsImages)
    let found = try classifier.classify(["100.png", "101.png"].map { folder["images/\($0)"] })
    #expect(found.map(\.classification.best) == ["bright left", "bright right"])
    let file = try ClassifierFile(path: run.best)
    guard case .images(let preparation) = file.trained.reading else {
      Issue.record("no images")
      return
    }
    #expect(preparation.shape == ImageShape(height: 6, width: 8, channels: 1))
    #expect(abs(preparation.normalization.mean[0] - 0.59) < 0.02)
  }

  @Test(arguments: [Self.convolutional, Self.vision])
  func `goes on to the same bytes on other threads`(encoder: String) throws {
    let configuration = try configuration(encoder)
    let whole = try train(configuration, "whole")
    _ = try train(configuration, "parts", threads: 2, stopAfter: 17)
    let parts = try train(configuration, "parts", resume: true, threads: 3)
    #expect(try Files.read(whole.last) == Files.read(parts.last))
    #expect(try Files.read(whole.best) == Files.read(parts.best))
  }

  @Test func `is the same training from arrays`() throws {
    let expected = try ClassificationData(configuration(Self.convolutional))
    for (part, count, start) in [("train", 48, 0), ("validation", 12, 100)] {
      let pictures = (start..<(start + count)).map(picture)
      let labels = (0..<count).map { $0 % 2 }
      // In training bytes, in validation floats of the same bytes.
      let images =
        part == "train"
        ? ArrayBytes.npy("|u1", [count, 6, 8], pictures.flatMap(\.bytes))
        : ArrayBytes.npy(
          "<f4", [count, 6, 8, 1],
          ArrayBytes.floats(pictures.flatMap { $0.bytes.map { Float($0) / 255 } }))
      try AtomicFile.write(
        ArrayBytes.npz([
          ("images", images),
          ("labels", ArrayBytes.npy("<i8", [count], ArrayBytes.integers(labels))),
          (
            "names",
            ArrayBytes.npy("<U12", [2], ArrayBytes.texts(["bright left", "bright right"], of: 12))
          ),
        ]), to: folder["\(part).npz"])
    }
    var configuration = try configuration(Self.convolutional)
    configuration.data.train = [.arrays(folder["train.npz"])]
    configuration.data.validation = [.arrays(folder["validation.npz"])]
    let found = try ClassificationData(configuration)
    #expect(found.fingerprint == expected.fingerprint)
    #expect(found.labels.names == expected.labels.names)
    let run = try train(configuration, "run", threads: 2)
    let classifier = try ExampleClassifier(path: run.best, threads: 1)
    let results = try classifier.classify([folder["validation.npz"]])
    #expect(results.map(\.line).last == "\(folder["validation.npz"])[11]")
    let test = try ClassifiedTest([.arrays(folder["validation.npz"])], configuration)
    #expect(
      try test.found(by: classifier, in: 0..<test.labels.count)
        == results.map(\.classification.best))
    try AtomicFile.write(
      ArrayBytes.npz([
        ("images", ArrayBytes.npy("<f4", [1, 1, 1], ArrayBytes.floats([16]))),
        ("labels", ArrayBytes.npy("<i8", [1], ArrayBytes.integers([0]))),
      ]), to: folder["wide.npz"])
    let message = #expect(throws: FormatError.self) {
      try classifier.classify([folder["wide.npz"]])
    }
    #expect(
      message?.description == """
        \(folder["wide.npz"])[0]: byte 0: expected numbers from 0 to 1, found 16.00. Divide all images by the same \
        number, the greatest that there is.
        """)
  }

  @Test func `looks at patches from the row of the class`() throws {
    let run = try train(
      try configuration(#"\#(Self.vision)"#).with(pooling: "cls"), "run", threads: 2)
    let classifier = try ExampleClassifier(path: run.best, threads: 1)
    let found = try classifier.classify([folder["images/100.png"]], withWeights: true)
    let map = try #require(found[0].map)
    #expect(map.height == 3 && map.width == 4 && map.weights.count == 12)
    #expect(abs(map.weights.reduce(0, +) - 1) < 1e-5)
  }

  @Test func `says which line names an image that cannot be read`() throws {
    func message(_ name: String, _ bytes: [UInt8]?) throws -> String {
      if let bytes { try AtomicFile.write(bytes, to: folder["images/\(name)"]) }
      try folder.write("train.tsv", "0.png\tbright left\n\(name)\tbright right\n")
      return try #require(throws: ClassificationError.self) {
        try ClassificationData(try configuration(Self.convolutional))
      }.description
    }
    let place = "\(folder["train.tsv"]):2: the image that this line names cannot be used. "
    let missing = try message("nowhere.png", nil)
    #expect(missing.hasPrefix(place) && missing.contains("nowhere.png"))
    let jpeg = try message("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF".utf8))
    #expect(jpeg.hasPrefix(place) && jpeg.contains("magick"))
    let whole = PNGWriter.bytes(of: picture(0))
    #expect(try message("cut.png", Array(whole.prefix(60))).hasPrefix(place))
    var flipped = whole
    flipped[45] ^= 4
    #expect(try message("flipped.png", flipped).hasPrefix(place))
    #expect(try message("empty.png", []).hasPrefix(place))
    #expect(try message("text.png", Array("not an image".utf8)).hasPrefix(place))
  }

  @Test func `says which sizes an encoder cannot read`() throws {
    func message(_ encoder: String, images: String) throws -> String {
      try #require(throws: ClassificationError.self) {
        try ClassificationData(try configuration(encoder, images: images))
      }.description
    }
    let patches = try message(Self.vision, images: #""height": 7"#)
    #expect(
      patches.hasPrefix(
        "data.images: expected a size of images that classifier.encoder can read, found 7 × 8 pixels, which "
          + "patches of 2 × 2 do not divide."))
    let small = try message(Self.convolutional, images: #""height": 1, "width": 1"#)
    #expect(small.contains("1 × 1 pixels, of which 1 × 1 are left where stage 0 would halve them"))
    let channels = try message(Self.convolutional, images: #""mean": [0.5, 0.5]"#)
    #expect(
      channels.contains("data.images.mean: expected 1 number, one for each channel, found 2"))
  }

  @Test(arguments: [
    (#"{"kind": "convolutional", "stages": []}"#, "", "stages"),
    (
      #"{"kind": "convolutional", "stages": [{"kernel": 4}]}"#, "",
      "a window of an even side has no middle"
    ),
    (
      #"{"kind": "convolutional", "stages": [{"residual": true}]}"#, "",
      "stage 0 reads the channels of the image"
    ),
    (
      #"{"kind": "convolutional", "stages": [{"channels": 4}, {"channels": 6, "residual": true}]}"#,
      "",
      "stage 1 adds what it reads to what it makes"
    ),
    (
      #"{"kind": "convolutional", "stages": [{"channels": 5, "attentionBlock": "values", "heads": 2}]}"#,
      "", "each head sees channels / heads numbers"
    ),
    (
      #"{"kind": "convolutional", "stages": [{"heads": 2}]}"#, "",
      "counts only if classifier.encoder.stages[0].attentionBlock"
    ),
    (
      #"{"kind": "convolutional", "batchNormalization": false, "stages": [{"attentionBlock": "c2psa"}]}"#,
      "",
      "c2psa is normalised over its batch"
    ),
    (#"{"kind": "vision", "width": 10, "heads": 4}"#, "", "each head sees as many numbers"),
    (Self.vision, #", "tokenizer": {"kind": "word"}"#, "images are not text"),
    (#"{"kind": "recurrent"}"#, "", "texts are not images"),
    (#"{"kind": "vision", "stages": []}"#, "", "counts only if classifier.encoder.kind"),
  ])
  func `refuses configurations by their keys`(
    encoder: String, more: String, message: String
  ) throws {
    let found = try #require(throws: ConfigurationError.self) {
      try configuration(encoder, more)
    }.description
    #expect(found.contains(message), "\(found)")
  }
}

extension `Classification of images` {
  @Test func `writes the keys of what it reads, and no others`() throws {
    let images = try configuration(Self.vision)
    #expect(images.json.value(at: "data.images.folder")?.string == folder["images"])
    #expect(images.json["tokenizer"] == nil && images.json["decoding"] == nil)
    let pairs = RunConfiguration()
    #expect(pairs.json.value(at: "data.images") == nil)
    #expect(pairs.json.value(at: "training.batchImages") == nil && pairs.json["tokenizer"] != nil)
    #expect(try RunConfiguration.read(images.json, file: "again") == images)
  }
}

extension RunConfiguration {
  fileprivate func with(pooling: String) throws -> RunConfiguration {
    var result = self
    result.classifier.pooling = try #require(.init(rawValue: pooling))
    return result
  }
}
