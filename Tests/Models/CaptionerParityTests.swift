import DragomanFormats
import DragomanLayers
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanModels

/// `Tests/Golden/captions_golden.py`: gate and doubly stochastic term on, ragged captions, first states from means.
@Suite struct `A captioning model agrees with PyTorch` {
  /// A fixture of a whole model.
  private struct Fixture {
    let json: JSON
    let model: SequenceModel
    let weights: Parameters
    let source: Source
    let batch: Batch

    init(_ name: String) throws {
      let path = "\(GoldenFixture.directory)/Captions/\(name).json"
      let json = try JSON.parse(try Files.read(path), file: path)
      self.json = json
      let configuration = try ModelConfiguration.read(try #require(json["config"]), file: path)
      func integers(_ key: String) throws -> [Int] {
        try #require(json[key]?.array, "\(key)").compactMap(\.int)
      }
      let begin = Int32(try #require(json["begin"]?.int))
      if json["inputs"]?["images"] != nil {
        let sizes = try integers("image")
        let shape = ImageShape(height: sizes[0], width: sizes[1], channels: sizes[2])
        source = .images(try Self.numbers(json, "inputs", "images").map { Float($0) }, shape)
        model = SequenceModel(
          configuration, reading: .images(shape),
          targetVocabulary: try #require(json["vocabulary"]?.int))
      } else {
        let size = configuration.encoder.width
        var numbers = try Self.numbers(json, "inputs", "features").map { Float($0) }
        var rows = FeatureRows([], size: size)
        for length in try integers("regions") {
          rows.append(Array(numbers.prefix(length * size)))
          numbers.removeFirst(length * size)
        }
        source = .features(rows)
        model = SequenceModel(
          configuration, reading: .features(size: size),
          targetVocabulary: try #require(json["vocabulary"]?.int))
      }
      let captions = try #require(json["captions"]?.array).map { caption in
        EncodedPair(
          source: [], target: (caption.array ?? []).compactMap { $0.int.map { Int32($0) } })
      }
      batch = Batch(captions, begin: begin)
      weights = Parameters(layout: model.layout)
      let names = json["params"]?.members?.map(\.name).sorted()
      #expect(model.layout.entries.map(\.name).sorted() == names)
      for entry in model.layout.entries {
        let values = try Self.numbers(json, "params", entry.name)
        try #require(values.count == weights[entry.handle].count, "\(entry.name)")
        weights[entry.handle].write(values.map { Float($0) }, at: 0)
      }
    }

    static func numbers(_ json: JSON, _ group: String, _ name: String) throws -> [Double] {
      try #require(json[group]?[name]?["data"]?.array, "\(name)").compactMap(\.double)
    }

    func numbers(_ group: String, _ name: String) throws -> [Double] {
      try Self.numbers(json, group, name)
    }
  }

  static let names = ["images_additive", "images_location", "features_general", "features_dot"]

  @Test(arguments: Self.names)
  func `on losses, weights, gates and all gradients`(_ name: String) throws {
    let fixture = try Fixture(name)
    let (model, batch) = (fixture.model, fixture.batch)
    let pass = Pass(
      weights: fixture.weights, workspace: Workspace(kernels: Kernels(threads: 1)))
    let trace = model.forward(batch, reading: fixture.source, pass)
    expectClose(
      trace.decoder.losses(batch, pass), try fixture.numbers("outputs", "losses"), within: 1e-5,
      "losses")
    guard case .recurrent(let decoder, let written) = trace.decoder else {
      Issue.record("another decoder")
      return
    }
    // With feeding, rows come step by step.
    let order = written.rows ?? Array(0..<Int32(batch.targetIDs.count))
    func ordered(_ matrix: Matrix) -> [Float] {
      var rows = [[Float]](repeating: [], count: matrix.rows)
      for (row, place) in order.enumerated() {
        rows[Int(place)] = matrix.rows(row..<(row + 1)).elements
      }
      return rows.flatMap(\.self)
    }
    #expect(decoder.isStepwise == (written.rows != nil))
    expectClose(
      ordered(written.attention.weights), try fixture.numbers("outputs", "attention"),
      within: 1e-5, "attention")
    expectClose(
      ordered(try #require(written.attention.gates)), try fixture.numbers("outputs", "gates"),
      within: 1e-5, "gates")

    let gradients = Parameters(layout: model.layout)
    let loss = model.train(
      batch, reading: fixture.source, scale: 1, pass, gradients: gradients)
    #expect(abs(loss.sum - (try #require(fixture.json["loss_sum"]?.double))) < 1e-4)
    #expect(abs(loss.penalty - (try #require(fixture.json["term"]?.double))) < 1e-4)
    #expect(loss.count == batch.targetIDs.count && loss.mean == loss.sum / Double(loss.count))
    let norm = pass.kernels.sumOfSquares(gradients.slab).squareRoot()
    for entry in model.layout.entries {
      expectClose(
        gradients[entry.handle].elements, try fixture.numbers("grads", entry.name),
        within: 1e-6 * max(norm, 1), "gradient of \(entry.name)")
    }
  }

  /// A step of decoding reads the gate as training does.
  @Test(arguments: Self.names) func `when it decodes step by step`(_ name: String) throws {
    let fixture = try Fixture(name)
    let pass = Pass(
      weights: fixture.weights, workspace: Workspace(kernels: Kernels(threads: 1)))
    let packed = PackedModel(fixture.model, weights: fixture.weights, pass.kernels)
    var state = packed.start(fixture.source, pass).state
    let expected = try fixture.numbers("outputs", "attention")
    let longest = expected.count / fixture.batch.targetIDs.count
    // The second caption is the longest.
    let caption = [fixture.batch.begin] + fixture.batch.target(at: 1)
    for (t, token) in caption.dropLast().enumerated() {
      let step = state.step([token, token, token], pass)
      let row = Int(fixture.batch.targetOffsets[1]) + t
      expectClose(
        step.attention.rows(1..<2).elements,
        Array(expected[(row * longest)..<((row + 1) * longest)]),
        within: 1e-5, "attention at step \(t)")
      state = step.state
    }
  }
}
