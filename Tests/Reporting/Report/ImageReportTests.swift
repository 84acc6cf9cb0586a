import DragomanFormats
import DragomanImages
import DragomanModels
import DragomanPages
import DragomanSystem
import DragomanTestSupport
import DragomanTraining
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `The report of a run that learns from images` {
  private let scratch: TemporaryFolder
  private let classes = ["<script>alert(1)</script>", "é & \"b\""]

  init() throws {
    scratch = try TemporaryFolder()
    try Files.createDirectories(scratch["images"])
    for (part, count) in [("train", 16), ("validation", 6)] {
      var lines = ""
      for index in 0..<count {
        // The first name would like to be markup.
        let name = index == 0 ? "\(part)\"><script>alert(1)<.png" : "\(part)-\(index).png"
        let bytes = (0..<192).map { UInt8(truncatingIfNeeded: $0 * 5 + index * 70) }
        try SmallClassifier.write(
          Image(height: 8, width: 8, channels: 3, bytes: bytes), to: scratch["images/\(name)"])
        lines += "\(name)\t\(classes[index % 2])\n"
      }
      try scratch.write("\(part).tsv", lines)
    }
  }

  private func configuration(_ encoder: String, pooling: String) throws -> RunConfiguration {
    try RunConfiguration.parse(
      Array(
        """
        {"task": "classification", "name": "images",
         "data": {"train": ["\(scratch["train.tsv"])"], "validation": ["\(scratch["validation.tsv"])"],
                  "images": {"folder": "\(scratch["images"])"}},
         "classifier": {"encoder": \(encoder), "pooling": "\(pooling)"},
         "training": {"epochs": null, "updates": 6, "validateEvery": 2, "batchImages": 8, "patience": null, \
        "samples": 3,
                      "logEvery": 1}}
        """.utf8), file: "a.json")
  }

  private static let vision = """
    {"kind": "vision", "patch": 4, "width": 8, "layers": 1, "heads": 2, "inner": 8}
    """
  private static let convolutional = """
    {"kind": "convolutional", "stages": [{"channels": 4, "pool": "maximum"}]}
    """

  private func train(
    _ configuration: RunConfiguration, resume: Bool = false, stopAfter: Int? = nil
  ) throws -> String {
    let folder = RunFolder(name: configuration.name, in: scratch.path)
    let log = TrainingLog(path: folder.log)
    let report = TrainingReport(path: folder.report, log: folder.log)
    let trainer = try Trainer(
      configuration, folder: folder, resume: resume, threads: 1, observers: [log, report])
    let start = trainer.position.update
    try trainer.run { stopAfter.map { trainer.position.update - start >= $0 } ?? false }
    for failure in [log.failure, report.failure] { if let failure { throw failure } }
    return String(decoding: try Files.read(folder.report), as: UTF8.self)
  }

  @Test(arguments: [(Self.vision, "cls"), (Self.convolutional, "attention")])
  func `shows images, what was found of them and what counted`(
    _ encoder: String, _ pooling: String
  ) throws {
    let text = try train(try configuration(encoder, pooling: pooling))
    #expect(text.contains("<h2>Images</h2>") && text.contains("<h2>Filters</h2>"))
    #expect(text.ranges(of: "class=\"sample-history\"").count == 3)
    // A picture of each, what counted at three validations, and the filters.
    #expect(text.ranges(of: "<img ").count == 3 + 3 + 1)
    #expect(text.contains("validation&quot;&gt;&lt;script&gt;alert(1)&lt;.png"))
    #expect(!text.contains("<script>alert") && text.ranges(of: "<script>").count == 1)
    for update in [2, 4, 6] { #expect(text.contains("<bdi>") && text.contains(">\(update)</th>")) }
    #expect(!text.contains("target token") && text.contains("nats per example"))
    #expect(text.contains("8 × 8 × 3"))
  }

  @Test func `leaves out what nothing weighs`() throws {
    let text = try train(try configuration(Self.convolutional, pooling: "mean"))
    #expect(text.ranges(of: "<img ").count == 3 + 1 && !text.contains("what counted"))
  }

  @Test func `has its whole history after a resume`() throws {
    let configuration = try configuration(Self.vision, pooling: "cls")
    _ = try train(configuration, stopAfter: 3)
    let resumed = try train(configuration, resume: true)
    for update in [2, 4, 6] { #expect(resumed.contains(">\(update)</th>")) }
    #expect(resumed.ranges(of: "<img ").count == 3 + 3 + 1)
  }

  @Test func `passes over weights that are not as many as they ought to be`() throws {
    func entry(_ map: String) throws -> LogEntry {
      try LogEntry(
        JSON.parse(
          Array(
            """
            {"event":"validated","update":1,"epoch":0,"loss":1,"best":true,"improved":[],"phases":{},"seconds":1,
             "samples":[{"source":"a","reference":"b","translation":"c","probability":0.5,"map":\(map)}]}
            """.utf8), file: "log"))
    }
    func map(_ text: String) throws -> ImageClassifier.AttentionMap? {
      guard case .validated(let validation) = try entry(text).event else { return nil }
      #expect(validation.samples[0].probability == 0.5)
      return validation.samples[0].map
    }
    #expect(
      try map(#"{"height":1,"width":2,"weights":[0.25,0.75]}"#)
        == .init(height: 1, width: 2, weights: [0.25, 0.75]))
    for text in [
      #"{"height":2,"width":2,"weights":[1]}"#, #"{"height":0,"width":2,"weights":[]}"#,
      #"{"height":9223372036854775807,"width":2,"weights":[1,2]}"#, "7", "{}",
    ] {
      #expect(try map(text) == nil, "\(text)")
    }
  }

  @Test func `draws filters and positions in the page of an inspection`() throws {
    for (encoder, channels, positions) in [
      (SmallClassifier.vision(), 3, true), (SmallClassifier.convolutional(), 3, false),
      (SmallClassifier.convolutional(), 1, false),
    ] {
      let model = SmallClassifier.images(encoder, channels: channels)
      try SmallClassifier.file(model).write(to: scratch["small.safetensors"])
      let page = try InspectionPage(Inspection(path: scratch["small.safetensors"])).page
      let text = String(decoding: page.bytes, as: UTF8.self)
      #expect(text.contains("<h2>Filters</h2>") && text.contains("12 images"))
      #expect(text.ranges(of: "<img ").count == (positions ? 2 : 1))
      #expect(text.contains("img-src data:") && !text.contains("<h2>Vocabulary</h2>"))
    }
  }
}

@Suite struct `Pages of classes` {
  @Test(arguments: ["\"><script>alert(1)<.png", "é\n.png", String(repeating: "long", count: 50)])
  func `take no name for markup`(_ name: String) throws {
    let scratch = try TemporaryFolder()
    let model = SmallClassifier.images(SmallClassifier.convolutional())
    try SmallClassifier.file(model).write(to: scratch["model.safetensors"])
    try SmallClassifier.write(SmallClassifier.image(), to: scratch[name])
    let classifier = try ExampleClassifier(path: scratch["model.safetensors"], threads: 1)
    let found = try classifier.classify([scratch[name]], withWeights: true)
    let page = ClassificationPage(found, of: 1, subtitle: name).page
    let text = String(decoding: page.bytes, as: UTF8.self)
    #expect(!text.contains("<script>alert") && text.ranges(of: "<script>").count == 1)
    #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    // A line for the classes and one for each line of the map, whatever the name has.
    let line = ClassificationText(top: 3).text(found[0])
    #expect(line.ranges(of: "\n").count == 1 && line.hasSuffix("\n"))
  }
}
