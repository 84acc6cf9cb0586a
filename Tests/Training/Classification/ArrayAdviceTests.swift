import DragomanFormats
import DragomanImages
import DragomanModels
import DragomanSystem
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `A preset for arrays` {
  private let folder: TemporaryFolder

  /// 40 series of 3 or 5 rows of 2 numbers, and 40 images of 8 × 8 bytes, each of two classes.
  init() throws {
    folder = try TemporaryFolder()
    let lengths = (0..<40).map { $0.isMultiple(of: 2) ? 3 : 5 }
    let rows = lengths.reduce(0, +)
    let labels = (0..<40).map { $0 % 2 }
    try AtomicFile.write(
      ArrayBytes.safetensors([
        ("features", "F32", [rows, 2], ArrayBytes.floats((0..<(2 * rows)).map { Float($0 % 7) })),
        ("lengths", "I64", [40], ArrayBytes.integers(lengths)),
        ("labels", "I64", [40], ArrayBytes.integers(labels)),
      ]), to: folder["series.safetensors"])
    try AtomicFile.write(
      ArrayBytes.npz([
        ("images", ArrayBytes.npy("|u1", [40, 8, 8], (0..<2560).map { UInt8($0 % 251) })),
        ("labels", ArrayBytes.npy("<i8", [40], ArrayBytes.integers(labels))),
      ]), to: folder["pictures.npz"])
  }

  private func read(
    _ file: String, _ more: String = ""
  ) throws -> (configuration: RunConfiguration, advice: ConfigurationAdvice?) {
    let path = "[\"\(folder[file])\"]"
    try folder.write(
      "a.json", #"{"preset": "auto", "data": {"train": \#(path), "validation": \#(path)}\#(more)}"#)
    return try RunConfiguration.readAdvised(path: folder["a.json"])
  }

  @Test func `of features is for a recurrent network that reads rows`() throws {
    let (found, advice) = try read("series.safetensors")
    #expect(found.task == .classification && found.readsFeatures)
    #expect(found.classifier.embedding == 32 && found.classifier.pooling == .attention)
    #expect(
      advice?.reasons.prefix(3) == [
        "task: classification, since arrays of numbers hold no text",
        "data.features: rows of 2, 4.0 an example, 5 at the most; each column is brought to mean 0 and deviation 1",
        "model: recurrent, rows mapped to 32, 32 units in each direction, pooling by attention, whose weights say "
          + "which rows counted, dropout of 0.2",
      ])
    // What it fills in can be trained.
    #expect(try ClassificationData(found).train.count == 40)
    #expect(try RunConfiguration.read(found.json, file: "again") == found)
  }

  @Test func `goes by the family that is stated`() throws {
    let (transformer, _) = try read(
      "series.safetensors", #", "classifier": {"encoder": {"kind": "transformer"}}"#)
    #expect(transformer.readsFeatures && transformer.classifier.encoder.kind == .transformer)
    let (rows, _) = try read(
      "series.safetensors", #", "classifier": {"encoder": {"kind": "features"}}"#)
    #expect(rows.classifier.encoder.kind == .features)
    #expect(try ClassificationData(rows).train.count == 40)
  }

  @Test func `of images is for convolutions`() throws {
    let (found, advice) = try read("pictures.npz", #", "task": "classification""#)
    #expect(found.classifier.encoder.kind == .convolutional)
    #expect(found.data.images.height == 8 && found.data.images.width == 8)
    #expect(advice?.reasons.first == "task: classification, as asked for")
    #expect(try ClassificationData(found).train.count == 40)
    let (vision, _) = try read("pictures.npz", #", "classifier": {"encoder": {"kind": "vision"}}"#)
    #expect(vision.classifier.encoder.kind == .vision)
  }

  @Test func `says what is wrong with an array`() throws {
    let error = #expect(throws: ArrayError.self) {
      try read("series.safetensors", #", "classifier": {"encoder": {"kind": "vision"}}"#)
    }
    #expect(
      error.map { "\($0)".contains("series.safetensors: expected an array 'images'") } ?? false)
  }
}
