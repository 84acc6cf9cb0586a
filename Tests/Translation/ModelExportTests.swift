import DragomanDecoding
import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanTranslation

@Suite struct `An exported model` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A model of a family whose matrices are large enough to be rounded.
  private func model(_ family: ModelFamily = .gru) -> ModelFile {
    SmallModel.file { configuration in
      configuration.embedding = 40
      family.apply(to: &configuration, width: 32, layers: 2)
    }
  }

  private func write(_ file: any StoredModel) throws -> String {
    try file.write(to: folder["m"])
    return folder["m"]
  }

  @discardableResult
  private func export(_ path: String, _ precision: WeightPrecision, to name: String = "small")
    throws
    -> ModelExport.Result
  {
    try ModelExport(path: path, precision: precision).write(to: folder[name])
  }

  @Test(arguments: ModelFamily.allCases, WeightPrecision.allCases)
  func `is the model with rounded weights`(
    _ family: ModelFamily, _ precision: WeightPrecision
  ) throws {
    let file = model(family)
    let path = try write(file)
    let result = try export(path, precision)
    let read = try ModelFile(path: folder["small"])
    #expect(read.source == file.source && read.target == file.target)
    #expect(read.configuration.serialized() == file.configuration.serialized())
    #expect(read.record.serialized() == file.record.serialized())
    var rounded = 0
    for entry in file.layout.entries {
      let (old, new) = (file.weights[entry.handle].elements, read.weights[entry.handle].elements)
      guard precision.covers(entry.shape) else {
        // Beside bytes, vectors have two of them.
        #expect(new == (precision == .int8 ? TensorType.f16.nearest(old) : old), "\(entry.name)")
        rounded += precision == .int8 ? 1 : 0
        continue
      }
      rounded += 1
      switch precision {
      case .f32: #expect(new == old)
      case .f16, .bf16: #expect(new == precision.type.nearest(old), "\(entry.name)")
      case .int8:
        #expect(new == QuantizedRows(old, columns: entry.handle.columns).floats, "\(entry.name)")
      }
    }
    #expect(result.rounded == rounded && (rounded > 0) == (precision != .f32))
    let bounds: [WeightPrecision: Double] = [.f32: 0, .f16: 3e-4, .bf16: 2.5e-3, .int8: 8e-3]
    let bound = bounds[precision] ?? 0
    #expect(result.distance <= bound && (result.distance > 0) == (precision != .f32))
  }

  /// What is rounded already is not changed by rounding, and equal models give equal bytes.
  @Test(arguments: WeightPrecision.allCases)
  func `has the same bytes when it is exported again`(_ precision: WeightPrecision) throws {
    let path = try write(model())
    try export(path, precision)
    let bytes = try Files.read(folder["small"])
    try export(path, precision)
    #expect(try Files.read(folder["small"]) == bytes)
    let result = try export(folder["small"], precision, to: "again")
    #expect(try Files.read(folder["again"]) == bytes && result.distance == 0)
    if precision == .f32 { #expect(bytes == (try Files.read(path))) }
  }

  /// A vector beyond 65504 and what normalisation has found keep their bits.
  @Test func `keeps what two bytes do not hold`() throws {
    let file = model()
    let bias = try #require(file.layout.entries.first { $0.name == "output.bias" })
    file.weights[bias.handle][0, 1] = 70000
    let result = try export(try write(file), .int8)
    let read = try ModelFile(path: folder["small"])
    #expect(read.weights[bias.handle].elements == file.weights[bias.handle].elements)
    #expect(result.rounded == file.layout.entries.count - 1)
    let classifier = SmallClassifier.file(
      SmallClassifier.images(SmallClassifier.convolutional()))
    try export(try write(classifier), .int8)
    let small = try ClassifierFile(path: folder["small"])
    let statistics = classifier.layout.entries.filter(\.isStatistic)
    #expect(!statistics.isEmpty)
    for entry in statistics {
      #expect(small.weights[entry.handle].elements == classifier.weights[entry.handle].elements)
    }
  }

  @Test func `takes a quarter or half of the bytes`() throws {
    let path = try write(
      SmallModel.file { configuration in
        configuration.embedding = 128
        configuration.recurrentEncoder.hidden = 128
        configuration.recurrentDecoder.hidden = 256
        configuration.attention.size = 128
      })
    let whole = Double(try Files.size(path))
    let shares: [WeightPrecision: Double] = [.f32: 1, .f16: 0.51, .bf16: 0.51, .int8: 0.27]
    for (precision, share) in shares {
      try export(path, precision)
      #expect(Double(try Files.size(folder["small"])) <= share * whole, "\(precision)")
    }
  }

  @Test func `tells what was rounded, also where it was rounded before`() throws {
    let path = try write(model())
    func record(_ name: String) throws -> PrecisionRecord? {
      try PrecisionRecord(of: SafetensorsReader(path: folder[name]))
    }
    func version(_ name: String) throws -> Int {
      try ModelFile.version(of: SafetensorsReader(path: folder[name]))
    }
    try export(path, .f32)
    #expect(try record("small") == nil && version("small") == 2)
    try export(path, .f16)
    let tool = "dragoman \(Translator.version)"
    #expect(try record("small")?.words == "f16, rounded by \(tool)" && version("small") == 3)
    try export(folder["small"], .int8, to: "less")
    #expect(try record("less")?.words == "int8, rounded to f16, then to int8 by \(tool)")
    try export(folder["less"], .f32, to: "back")
    #expect(try record("back")?.words == "f32, rounded to f16, then to int8 by \(tool)")
    #expect(try version("back") == 2)
    #expect(
      try ModelFile(path: folder["back"]).weights.slab.elements
        == ModelFile(path: folder["less"]).weights.slab.elements)
  }

  @Test func `may be a classifier`() throws {
    let classifier = SmallClassifier.file(
      SmallClassifier.texts(.transformer) { configuration in
        configuration.embedding = 32
        var own = TransformerEncoderConfiguration()
        (own.width, own.layers, own.heads, own.inner) = (32, 2, 4, 64)
        configuration.encoder = .transformer(own)
      })
    try export(try write(classifier), .int8)
    let read = try ClassifierFile(path: folder["small"])
    #expect(read.trained.labels == classifier.trained.labels)
    #expect(read.weights.slab.elements != classifier.weights.slab.elements)
    try export(folder["small"], .f32, to: "back")
    #expect(
      try ClassifierFile(path: folder["back"]).weights.slab.elements == read.weights.slab.elements)
  }

  /// Files are read the same on every machine, and a translation has equal bits on all instruction sets.
  @Test func `translates as its rounded weights do, on every instruction set`() throws {
    try export(try write(model()), .int8)
    try export(folder["small"], .f32, to: "back")
    let (small, back) = (
      try Translator(path: folder["small"], threads: 1),
      try Translator(path: folder["back"], threads: 2)
    )
    var bits: Set<[Float]> = []
    for instructions in Kernels.available {
      for path in ["small", "back"] {
        let file = try ModelFile(path: folder[path])
        let kernels = Kernels(threads: 2, instructions: instructions)
        let search = Search(
          [PackedModel(file.model, weights: file.weights, kernels)],
          begin: file.target.vocabulary.begin, end: file.target.vocabulary.end,
          DecodingConfiguration())
        let found = search.translate([[3, 4, 5, 2], [6, 2]], Workspace(kernels: kernels))
        bits.insert(found.flatMap { $0.flatMap(\.logProbabilities) })
      }
    }
    #expect(bits.count == 1)
    for line in ["a b c d", "the cat sat", "h"] {
      let (one, other) = (small.translate(line), back.translate(line))
      #expect(one.text == other.text && one.score == other.score)
    }
  }

  // MARK: Errors

  @Test func `is refused where a weight cannot be rounded`() throws {
    let file = model()
    let entry = try #require(file.layout.entries.first { $0.name == "output.weight" })
    func message(_ weight: Float, _ precision: WeightPrecision) throws -> String {
      file.weights[entry.handle][1, 2] = weight
      let path = try write(file)
      return folder.message { try export(path, precision) }
    }
    #expect(
      try message(70000, .f16)
        == "m: the tensor 'output.weight' has a weight of 70000.0, but f16 holds at most 65504.0. Take bf16 or int8."
    )
    #expect(try message(65504, .f16) == "no error")
    #expect(try message(70000, .bf16) == "no error" && message(70000, .int8) == "no error")
    #expect(
      try message(3.4e38, .bf16)
        == "m: the tensor 'output.weight' has a weight of 3.4e+38, but bf16 holds at most 3.3895314e+38. Take int8."
    )
    for precision in WeightPrecision.allCases {
      for weight in [Float.infinity, .nan] {
        // Reading refuses it.
        #expect(
          try message(weight, precision).hasPrefix(
            "m: the tensor 'output.weight' is \(weight) at element "))
      }
    }
  }

  @Test func `is not made of the state of a run`() throws {
    try model().write(to: folder["last"], state: ["position": 1])
    #expect(
      folder.message { try export(folder["last"], .int8) }
        == "last: a run goes on from this file, so it is kept as it is. Export the run's best.safetensors or one of "
        + "its update-N.safetensors.")
  }

  @Test func `is refused with wrong scales, types or records`() throws {
    try export(try write(model()), .int8)
    let whole = try Files.read(folder["small"])
    func message(_ old: String, _ new: String) throws -> String {
      try folder.write("F", ModelBytes.stamped(ModelBytes.replacing(old, by: new, in: whole)))
      return folder.message { _ = try ModelFile(path: folder["F"]) }
    }
    #expect(
      try message(#""output.weight.scale""#, #""output.weight.skale""#)
        == "F: the tensor 'output.weight.scale' is missing, which the configuration in the file asks for."
    )
    let vocabulary = model().target.vocabulary.count
    #expect(
      try message(
        #""output.weight.scale":{"dtype":"F32""#, #""output.weight.scale":{"dtype":"I32""#)
        == "F: the tensor 'output.weight.scale' is I32 [\(vocabulary)], but the configuration and vocabularies in the "
        + "file ask for F32 [\(vocabulary)].")
    #expect(
      try message(#""output.weight":{"dtype":"I8""#, #""output.weight":{"dtype":"U8""#)
        .hasSuffix("ask for F32, F16, BF16 or I8 [\(vocabulary), 64]."))
    #expect(
      try message(#""dragoman.format":"3""#, #""dragoman.format":"2""#)
        .contains(
          "but the configuration and vocabularies in the file ask for F32 ["))
    try folder.write(
      "F", ModelBytes.stamped(ModelBytes.replacing(#""int8\""#, by: #""int9\""#, in: whole)))
    #expect(
      folder.message { try export(folder["F"], .f32) }.hasPrefix(
        "F: metadata 'dragoman.precision': expected weights and rounded, a list, of f32, f16, bf16 or int8, and a "
          + "tool, found '{"))
  }
}
