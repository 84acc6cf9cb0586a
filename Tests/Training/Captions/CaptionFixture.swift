import DragomanFormats
import DragomanImages
import DragomanSystem
import DragomanTestSupport

@testable import DragomanTraining

/// Small pictures of one bright quarter with captions that name it, as images and as features.
struct CaptionFixture {
  let folder: TemporaryFolder

  private static let names = [
    "top left", "top right", "bottom left", "bottom right",
  ]

  init() throws {
    folder = try TemporaryFolder()
    try Files.createDirectories(folder["images"])
    for (part, count, start) in [("train", 48, 0), ("validation", 8, 100)] {
      var (table, captions) = ("", "")
      for index in start..<(start + count) {
        let name = Self.names[index % 4]
        try AtomicFile.write(
          PNGWriter.bytes(of: Self.picture(index)), to: folder["images/\(index).png"])
        table += "\(index).png\tit is \(name)\n"
        captions += "it is \(name)"
        if part == "validation" {
          table += "\(index).png\t\(name) it is\n"
          captions += "\t\(name) it is"
        }
        captions += "\n"
      }
      try folder.write("\(part).tsv", table)
      try folder.write("\(part).txt", captions)
      var rows: [Float] = []
      for index in start..<(start + count) {
        for place in 0..<4 {
          let bright: Float = place == index % 4 ? 2 : 0
          rows += [bright, Float((index * 7 + place) % 5) / 10, Float(place)]
        }
      }
      try AtomicFile.write(
        ArrayBytes.npy("<f4", [count, 4, 3], ArrayBytes.floats(rows)),
        to: folder["\(part).npy"])
    }
  }

  /// 6 × 8 pixels in grey, one quarter of them bright.
  static func picture(_ index: Int) -> Image {
    Image(
      height: 6, width: 8, channels: 1,
      samples: (0..<48).map { place in
        let (bottom, right) = (place / 8 >= 3, place % 8 >= 4)
        let isBright = (bottom ? 2 : 0) + (right ? 1 : 0) == index % 4
        return (isBright ? 0.8 : 0.2) + Float((place * 7 + index * 13) % 10) / 50
      })
  }

  static let convolutional = """
    {"kind": "convolutional", "stages": [{"channels": 6, "pool": "maximum"}, {"channels": 8}]}
    """
  static let vision = """
    {"kind": "vision", "patch": 2, "width": 16, "layers": 1, "heads": 2, "inner": 16}
    """
  static let recurrent = """
    "decoder": {"cell": "lstm", "hidden": 16},
    "attention": {"size": 8, "gate": true, "doublyStochastic": 0.1}
    """

  func configuration(
    _ encoder: String = Self.convolutional, _ decoder: String = Self.recurrent,
    data: String? = nil, training: String = "", more: String = ""
  ) throws -> RunConfiguration {
    let images = """
      "train": ["\(folder["train.tsv"])"], "validation": ["\(folder["validation.tsv"])"],
      "images": {"folder": "\(folder["images"])"}
      """
    return try RunConfiguration.parse(
      Array(
        """
        {"task": "captioning", "data": {\(data ?? images)},
         "tokenizer": {"kind": "word"},
         "model": {"embedding": 12, "encoder": \(encoder), \(decoder), "dropout": 0},
         "training": {"epochs": 40, "batchTokens": 60, "patience": null, "metrics": ["bleu", "loss"],
                      "optimizer": {"learningRate": 0.01}\(training)}\(more)}
        """.utf8), file: "a.json")
  }

  /// The same with features in arrays beside captions in texts.
  func features(
    _ encoder: String = #"{"kind": "features"}"#, _ decoder: String = Self.recurrent,
    training: String = ""
  ) throws -> RunConfiguration {
    try configuration(
      encoder, decoder,
      data: """
        "train": [{"source": "\(folder["train.npy"])", "target": "\(folder["train.txt"])"}],
        "validation": [{"source": "\(folder["validation.npy"])", "target": "\(folder["validation.txt"])"}]
        """, training: training)
  }

  func train(
    _ configuration: RunConfiguration, _ name: String, from pretrained: PretrainedModel? = nil,
    resume: Bool = false, threads: Int = 1, stopAfter: Int? = nil
  ) throws -> RunFolder {
    let run = RunFolder(name: name, in: folder.path)
    let trainer = try Trainer(
      configuration, folder: run, from: pretrained, resume: resume, threads: threads)
    let start = trainer.position.update
    try trainer.run { stopAfter.map { trainer.position.update - start >= $0 } ?? false }
    return run
  }
}
