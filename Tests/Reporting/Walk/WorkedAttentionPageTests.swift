import DragomanFormats
import DragomanImages
import DragomanLayers
import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Foundation
import Testing

@testable import DragomanReporting

/// The worked 3 × 3 example of convolutional attention as a model, an image, and the page that `dragoman explain` makes
/// of them.
///
/// All three are committed; with DRAGOMAN_RECORD set, those that differ are written anew: look at what changed before
/// you commit it.
///
///     DRAGOMAN_RECORD=1 swift test --filter 'worked page'
@Suite struct `The worked page of convolutional attention` {
  private static let root = URL(filePath: GoldenFixture.directory)
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let folder = "data/convolutional-attention"
  private static let page = "docs/pages/convolutional-attention.html"

  /// A number for each index of nested lists.
  private static func flat(_ json: JSON?) throws -> [Double] {
    let json = try #require(json)
    if let list = json.array { return try list.flatMap { try flat($0) } }
    return [try #require(json.double)]
  }

  private static func golden() throws -> JSON {
    let path = "\(GoldenFixture.directory)/Vision/convolutional_attention.json"
    return try JSON.parse(try Files.read(path), file: path)
  }

  /// `[1, C, pixels]` as a row for each pixel.
  private static func rows(_ numbers: [Double], channels: Int) -> [Double] {
    let pixels = numbers.count / channels
    return (0..<pixels).flatMap { pixel in (0..<channels).map { numbers[$0 * pixels + pixel] } }
  }

  /// A stage whose convolution gives what it reads, then the block of the example without its network; the mean and two
  /// classes.
  private static func model() throws -> ClassifierFile {
    let golden = try golden()
    var stage = ConvolutionalStageConfiguration()
    (stage.channels, stage.kernel, stage.activation) = (4, 1, .none)
    (stage.attentionBlock, stage.heads) = (.output, 2)
    var encoder = ConvolutionalEncoderConfiguration()
    (encoder.stages, encoder.batchNormalization) = ([stage], false)
    var configuration = ClassifierConfiguration()
    (configuration.encoder, configuration.pooling) = (.convolutional(encoder), .mean)
    configuration.dropout = ClassifierDropout(0)
    // A pixel is its byte: x = byte / 255 / (1 / 255).
    var images = ImageDataConfiguration()
    (images.height, images.width, images.channels) = (3, 3, 4)
    images.mean = [0, 0, 0, 0]
    images.deviation = [Double](repeating: 1 / 255, count: 4)
    let preparation = try #require(images.preparation)
    let model = Classifier(configuration, input: .images(preparation.shape), classes: 2)
    let weights = Parameters(layout: model.layout)
    let stageName = "encoder.stage.0"
    func write(_ name: String, _ numbers: [Double]) throws {
      try #require(weights[named: name], "\(name)").write(numbers.map { Float($0) }, at: 0)
    }
    try write(
      "\(stageName).convolution.weight", (0..<16).map { $0 / 4 == $0 % 4 ? 1 : 0 })
    for (ours, theirs) in [("queryKeyValue", "qkv"), ("output", "proj"), ("positions", "pe")] {
      for part in ["weight", "bias"] {
        try write(
          "\(stageName).attention.attention.\(ours).convolution.\(part)",
          try flat(golden["weights"]?["\(theirs).\(part)"]))
      }
    }
    try write("head.weight", [0.5, -0.25, 0.125, 0, -0.5, 0.25, -0.125, 0.0625])
    return ClassifierFile(
      TrainedClassifier(model, weights, reading: .images(preparation), labels: ["one", "other"]),
      configuration: [
        "name": "convolutional-attention", "task": "classification",
        "data": ["images": images.json], "classifier": configuration.json,
      ],
      record: [
        "updates": 0, "epochs": 0, "pairs": 0, "targetTokens": 0, "validations": [],
      ])
  }

  /// Channel c of pixel n is 9 c + n + 1.
  private static func image() throws -> Image {
    let bytes = try rows(flat(golden()["input"]), channels: 4).map { UInt8($0) }
    return Image(height: 3, width: 3, channels: 4, bytes: bytes)
  }

  /// Compares bytes with those of a committed file.
  private static func expect(
    _ bytes: [UInt8], at path: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = root.appending(path: path)
    guard (try? Data(contentsOf: file)) != Data(bytes) else { return }
    if ProcessInfo.processInfo.environment["DRAGOMAN_RECORD"] != nil {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    Issue.record("\(path) is not what is made now", sourceLocation: sourceLocation)
  }

  /// The walk of the committed image; the page calls it by its name from the top of the repository.
  private static func walk() throws -> ClassificationWalk {
    let path = "\(folder)/image.png"
    return try ClassificationWalk(
      root.appending(path: path).path(), named: path, of: model().trained, withGradients: true,
      kernels: Kernels(threads: 1))
  }

  @Test func `is what 'dragoman explain' makes of the model and the image`() throws {
    let scratch = try TemporaryFolder()
    try Self.model().write(to: scratch["model.safetensors"])
    try Self.expect(
      Files.read(scratch["model.safetensors"]), at: "\(Self.folder)/model.safetensors")
    try Self.expect(PNGWriter.bytes(of: Self.image()), at: "\(Self.folder)/image.png")
    try Self.expect(ClassificationWalkPage(Self.walk()).page.bytes, at: Self.page)
  }

  @Test func `has every number of the example`() throws {
    let golden = try #require(try Self.golden()["output"])
    let walk = try Self.walk()
    guard case .convolutional(let encoder) = walk.encoder else {
      Issue.record("no convolutions")
      return
    }
    let block = try #require(encoder.stages[0].attention?.blocks.first)
    let attention = block.attention
    func expect(_ found: [Float], _ expected: [Double], _ what: String) {
      #expect(found.count == expected.count, "\(what)")
      for (one, other) in zip(found, expected) {
        #expect((Double(one) - other).magnitude <= 1e-5 * max(1, other.magnitude), "\(what)")
      }
    }
    let grids = [
      ("queries", attention.queries), ("keys", attention.keys), ("values", attention.values),
      ("result", attention.result), ("positions", attention.term.output),
      ("output", attention.output.output),
    ]
    for (name, grid) in grids {
      expect(
        grid.rows.flatMap(\.self),
        Self.rows(try Self.flat(golden[name]), channels: grid.channels), name)
    }
    expect(
      (0..<2).flatMap { head in attention.views.flatMap { $0[head].weights } },
      try Self.flat(golden["attention"]), "attention")
    // The network gives nothing, so that what comes out is x and what attention gave.
    #expect(block.output == block.attended)
  }
}
