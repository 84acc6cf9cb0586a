import DragomanSystem
import DragomanFormats
import DragomanLayers
import DragomanPages
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanModels
@testable import DragomanReporting

/// Folders and files for looking into models.
@Suite struct `Looking into a model` {
  let folder: TemporaryFolder
  let model: ModelFile

  init() throws {
    folder = try TemporaryFolder()
    model = SmallModel.file()
  }

  private func write(_ name: String, _ change: (ModelFile) -> Void = { _ in }) throws -> Inspection
  {
    let file = SmallModel.file()
    change(file)
    try file.write(to: folder[name])
    return try Inspection(path: folder[name])
  }

  // MARK: Vocabulary

  @Test func `searches vocabularies`() throws {
    let found = VocabularySearch("at", in: model)
    #expect(found.sides.map(\.name) == ["shared"])
    #expect(Set(found.sides[0].entries.map(\.token)) == ["cat", "sat", "mat"])
    #expect(found.sides[0].pieces.map(\.number) == [0])
    let exact = VocabularySearch("the cat", in: model)
    #expect(exact.sides[0].pieces.map(\.token) == ["the", "cat"])
    #expect(exact.sides[0].pieces.map(\.number) == [3, Int(model.source.vocabulary.id(of: "cat"))])
    #expect(exact.sides[0].entries.isEmpty)
    #expect(found.lines(limit: 2).last == "          … and 1 more")
    #expect(found.lines()[1] == "  3 entries hold 'at'")
    #expect(
      found.json["vocabularies"]?["shared"]?["entries"]?.array?.count == 3)
  }

  @Test func `counts the entries in a text`() throws {
    let lines = ["the cat sat\tthe mat", "the dogs\tthe cat\tthe cat"]
    let found = TokenFrequencies(model, lines: lines)
    let side = try #require(found.sides.first)
    func count(_ token: String) -> Int { side.counts[Int(model.source.vocabulary.id(of: token))] }
    #expect(found.sides.map(\.name) == ["shared"] && side.tokens == 9 && side.unknown == 1)
    #expect(count("the") == 4 && count("cat") == 2 && count("sat") == 1 && count("mat") == 1)
    #expect(side.ranking.prefix(2).map { side.codec.display(Int32($0)) } == ["the", "cat"])
    #expect(side.unseen.allSatisfy { side.counts[$0] == 0 && $0 > 2 } && !side.unseen.isEmpty)
    let text = found.lines(limit: 2)
    #expect(text[0].hasPrefix("shared vocabulary: 9 tokens; 5 of "))
    #expect(text[0].hasSuffix(" never; 11.11 % unknown"))
    #expect(
      text[2].hasPrefix("  the") && text[2].hasSuffix("4  44.44 %       3")
        && text[4] == "  … and 3 more")
    #expect(found.json["frequencies"]?["shared"]?["tokens"]?.int == 9)
    let search = VocabularySearch("cat", in: model, frequencies: found)
    #expect(search.lines().last?.hasSuffix("  cat  × 2") == true)
    #expect(
      search.json["vocabularies"]?["shared"]?["entries"]?.array?.first?["count"]?.int == 2)
  }

  @Test func `finds the neighbours of a word`() throws {
    let file = SmallModel.file()
    let table = try #require(file.weights[named: "encoder.embedding"])
    let (cat, mat) = (
      Int(file.source.vocabulary.id(of: "cat")), Int(file.source.vocabulary.id(of: "mat"))
    )
    for column in 0..<table.columns { table[mat, column] = 2 * table[cat, column] }
    let found = try EmbeddingNeighbours(of: "cat", in: file, count: 3)
    #expect(found.sides.map(\.side) == ["source", "target"])
    let nearest = found.sides[0].neighbours
    #expect(nearest.count == 3 && nearest[0].token == "mat" && abs(nearest[0].cosine - 1) < 1e-6)
    #expect(nearest[1].cosine <= nearest[0].cosine && !nearest.contains { $0.token == "cat" })
    #expect(found.lines[1] == "  1.000  mat")
    #expect(
      found.json["neighbours"]?["source"]?.array?.first?["token"]?.string == "mat")
    #expect(
      folder.message { _ = try EmbeddingNeighbours(of: "catt", in: file) }
        == "neither vocabulary has an entry 'catt'; did you mean 'cat'?")
  }

  // MARK: Comparison

  @Test func `compares two models`() throws {
    let one = try write("one.safetensors") { file in
      let bias = file.weights[named: "output.bias"]
      #expect(bias != nil)
      for column in 0..<(bias?.columns ?? 0) { bias?[0, column] = 3 }
    }
    let other = try write("other.safetensors") { file in
      let bias = file.weights[named: "output.bias"]
      for column in 0..<(bias?.columns ?? 0) { bias?[0, column] = 2 }
    }
    let same = try ModelComparison(one, against: one)
    #expect(same.keys.isEmpty && same.tensors.allSatisfy { $0.difference == .distance(0) })
    let found = try ModelComparison(one, against: other)
    #expect(found.tensors[0].name == "output.bias")
    #expect(found.tensors[0].difference == .distance(0.5))
    #expect(found.tensors.dropFirst().allSatisfy { $0.difference == .distance(0) })
    #expect(found.lines[1] == "  output.bias  0.5000")
    #expect(found.json["tensors"]?.array?[0]["distance"]?.double == 0.5)
  }

  @Test func `compares models of other architectures and vocabularies`() throws {
    let one = try write("one.safetensors")
    let bigger = SmallModel.file(score: .dot, text: ["a b c x y z"]) { $0.embedding = 11 }
    try bigger.write(to: folder["two.safetensors"])
    let found = try ModelComparison(one, against: Inspection(path: folder["two.safetensors"]))
    #expect(found.keys.contains { $0 == ("model.embedding", "9", "11") })
    #expect(found.keys.contains { $0.key == "model.attention.score" && $0.value == "\"additive\"" })
    #expect(found.vocabularies.count == 2 && found.vocabularies[0].contains("in both"))
    #expect(found.tensors.contains { $0.difference == .added })
    #expect(
      found.tensors.contains {
        if case .shape = $0.difference { $0.name == "encoder.embedding" } else { false }
      })
    let back = try ModelComparison(Inspection(path: folder["two.safetensors"]), against: one)
    #expect(back.tensors.contains { $0.difference == .missing })
    _ = try JSON.parse(Array(found.json.serialized().utf8), file: "comparison")
  }

  @Test func `knows the keys of earlier versions`() throws {
    let one = try write("one.safetensors")
    // The configuration stands in the header as an escaped text, and both spellings are of one length.
    let path = folder["earlier.safetensors"]
    try AtomicFile.write(
      ModelBytes.stamped(
        ModelBytes.replacing(
          #"\"feeding\":\"context\""#, by: #"\"contextFeeding\":true"#,
          in: Files.read(folder["one.safetensors"]))), to: path)
    let earlier = try Inspection(path: path)
    #expect(earlier.model?.configuration["model"]?["decoder"]?["contextFeeding"]?.bool == true)
    #expect(try ModelComparison(one, against: earlier).keys.isEmpty)
  }

  @Test func `leaves out what only a resume needs`() throws {
    let one = try write("one.safetensors")
    let last = SmallModel.file()
    try last.write(
      to: folder["last.safetensors"], moments: [("optimizer.first", last.weights)], state: .null)
    let resumable = try Inspection(path: folder["last.safetensors"])
    let found = try ModelComparison(one, against: resumable)
    #expect(found.tensors.count == one.file.tensors.count)
    #expect(found.tensors.allSatisfy { $0.difference == .distance(0) })
    #expect(
      try ModelComparison(resumable, against: resumable).tensors.count
        == 2 * one.file.tensors.count)
  }

  // MARK: Tensors

  @Test func `draws a tensor`() throws {
    var writer = SafetensorsWriter()
    writer.add("ramp", shape: [2, 4]) { [0, 1, 2, 3, 4, 5, 6, 20] }
    writer.add("flat", shape: [3]) { [1, 1, 1] }
    writer.add("none", shape: [0]) { [] }
    writer.add("wide", shape: [3]) { [3e38, -3e38, 0] }
    writer.add("tall", shape: [100, 2]) { (0..<200).map { Float($0) } }
    try writer.write(to: folder["t.safetensors"])
    let file = try Inspection(path: folder["t.safetensors"])
    let ramp = try TensorPicture("ramp", of: file)
    #expect(ramp.counts.reduce(0, +) == 8 && ramp.counts[0] == 1 && ramp.counts[19] == 1)
    #expect(ramp.map == [[0, 1, 2, 3], [4, 5, 6, 20]])
    let plain = ramp.lines(hasColour: false)
    #expect(plain[0] == "ramp: F32 [2, 4]" && plain.suffix(2) == ["  ····", "  ░░░█"])
    #expect(plain.contains("     0  1  " + String(repeating: "█", count: 40)))
    let colours = ramp.lines(hasColour: true)
    #expect(
      colours.count == plain.count - 1
        && colours.last?.contains("\u{1B}[38;5;232;48;5;236m▀") == true)
    #expect(try TensorPicture("flat", of: file).counts[0] == 3)
    #expect(try TensorPicture("none", of: file).lines(hasColour: false).last == "no finite numbers")
    let tall = try TensorPicture("tall", of: file)
    #expect(tall.map.count == 32 && tall.map[0].count == 2)
    // Rows 0 to 2 of the second column: 1, 3 and 5.
    #expect(abs(tall.map[0][1] - (35.0 / 3).squareRoot()) < 1e-9)
    let wide = try TensorPicture("wide", of: file)
    #expect(wide.counts[0] == 1 && wide.counts[10] == 1 && wide.counts[19] == 1)
    #expect(abs(wide.map[0][0] / 3e38 - 1) < 1e-6 && wide.lines(hasColour: true).count > 20)
    #expect(
      folder.message { _ = try TensorPicture("rampp", of: file) }
        == "t.safetensors: there is no tensor 'rampp'; did you mean 'ramp'?")
  }

  // MARK: History

  @Test func `reads a run's folder and the losses of its log`() throws {
    try model.write(to: folder["best.safetensors"])
    let losses = [(1, 4.0), (2, 3), (9, 1)].map { update, loss in
      LogEntry(
        .updated(
          .init(
            update: update, epoch: 0, loss: loss, gradientNorm: 1, learningRate: 1,
            targetTokens: 1, pairs: 1, tokensPerSecond: nil)), seconds: 1
      ).json.serialized() + "\n"
    }
    try folder.write("log.jsonl", losses.joined() + #"{"event":"upd"#)
    let inspection = try Inspection(path: folder.path)
    #expect(inspection.losses.map(\.loss) == [4, 3])
    let text = inspection.text([.history])
    #expect(text.contains("  training loss    █▁  4.000 → 3.000\n"))
    #expect(text.contains("  validation loss  █▁  2.500 → 1.250\n"))
    #expect(inspection.json["losses"]?.array?.count == 2)
    // A log that cannot be read keeps nobody from the rest.
    try folder.write("log.jsonl", "end\n")
    let other = try Inspection(path: folder.path)
    #expect(other.losses.isEmpty && other.text([.history]).contains("log.jsonl:1:1: expected "))
    #expect(other.json["logProblem"]?.string == other.logProblem && other.logProblem != nil)
    try Files.createDirectories(folder["empty"])
    #expect(
      folder.message { _ = try Inspection(path: folder["empty"]) }
        == "empty: expected a file, or the folder of a run with best.safetensors or last.safetensors"
    )
  }

  // MARK: Activations

  @Test(arguments: CellKind.allCases) func `looks at gates and states`(_ cell: CellKind) throws {
    let file = SmallModel.file(cell: cell)
    let report = ActivationReport(file, lines: ["the cat\ta b", "a b c"], threads: 1)
    #expect(report.sourceTokens == 3 + 4 && report.targetTokens > 3 && report.skipped == 0)
    #expect(report.layers.map(\.name) == ["encoder.0.forward", "encoder.0.backward", "decoder.0"])
    for layer in report.layers {
      #expect(layer.parts.map(\.name) == cell.gates.map(\.name) + ["state"])
      #expect(layer.parts.allSatisfy { (0...1).contains($0.lowShare + $0.highShare) })
    }
    #expect(report.lines.count >= 5 + 3 * (cell.gates.count + 1))
    _ = try JSON.parse(Array(report.json.serialized().utf8), file: "report")
  }

  @Test func `sees open, closed and dead units`() throws {
    let file = SmallModel.file()
    // The update gate of the decoder is 1 for unit 0, which thus never moves, and 0 for unit 1.
    let bias = try #require(file.weights[named: "decoder.0.inputBias"])
    let units = bias.columns / 3
    (bias[0, units], bias[0, units + 1]) = (100, -100)
    let lines = Array(repeating: "the cat sat\tthe cat sat", count: 3)
    let report = ActivationReport(file, lines: lines, threads: 1)
    let update = report.layers[2].parts[1]
    #expect(update.name == "update" && update.stillUnits.prefix(2) == [0, 1])
    #expect(update.highShare >= 1 / Double(units) && update.lowShare >= 1 / Double(units))
    #expect(report.layers[2].parts[3].stillUnits.contains(0))
  }

  @Test func `counts values near the bounds`() {
    var gate = ActivationStatistics("g", range: .sigmoid, units: 2)
    gate.add(Matrix(rows: 2, columns: 2, [0.04, 0.5, 0.96, 0.5]))
    #expect(gate.lowShare == 0.25 && gate.highShare == 0.25 && gate.stillUnits == [1])
    var state = ActivationStatistics("s", range: .tanh, units: 1)
    state.add(Matrix(rows: 3, columns: 1, [-0.96, 0, 0.94]))
    #expect(abs(state.lowShare - 1.0 / 3) < 1e-12 && state.highShare == 0)
  }

  @Test func `looks at networks and heads of a Transformer`() throws {
    let file = SmallModel.combination { _, decoder, _ in decoder.selfAttention = .ssru }
    // Unit 2 of a network is dead, since what goes into relu is below 0.
    let bias = try #require(file.weights[named: "encoder.1.feedForward.inner.bias"])
    bias[0, 2] = -1000
    // The queries of an attention are 0, so that its weights are uniform.
    for name in ["weight", "bias"] {
      let query = try #require(file.weights[named: "decoder.0.cross.query.\(name)"])
      Kernels(threads: 1).fill(query, with: 0)
    }
    let report = ActivationReport(file, lines: ["the cat\ta b", "a b c\tthe"], threads: 1)
    #expect(
      report.layers.map(\.name) == [
        "encoder.0.feedForward", "encoder.1.feedForward", "decoder.0.ssru",
        "decoder.0.feedForward", "decoder.1.ssru", "decoder.1.feedForward", "decoder.2.ssru",
        "decoder.2.feedForward",
      ])
    #expect(report.layers[1].parts[0].deadUnits.contains(2))
    #expect(report.layers[1].parts[0].stillUnits.contains(2))
    #expect(
      report.heads.map(\.name) == [
        "encoder.0.attention", "encoder.1.attention", "decoder.0.cross", "decoder.1.cross",
        "decoder.2.cross",
      ])
    #expect(report.heads.map(\.heads.count) == [3, 3, 2, 2, 2])
    #expect(report.heads[0].heads[0].queries == 3 + 4)
    for head in report.heads[2].heads {
      #expect(abs(head.entropy - 1) < 1e-6 && head.verdict == "uniform" && head.queries == 3 + 2)
    }
    let lines = report.lines
    #expect(lines.contains { $0.hasPrefix("decoder.0.cross") && $0.hasSuffix("uniform") })
    #expect(lines.contains { $0.contains("entropy: of the weights of a head") })
    #expect(lines.allSatisfy { TextWidth.of($0) <= 90 })
    let json = try JSON.parse(Array(report.json.serialized().utf8), file: "report")
    #expect(json["attention"]?.array?[2]["heads"]?.array?[0]["verdict"]?.string == "uniform")
    #expect(
      json["layers"]?.array?[1]["gates"]?.array?[0]["dead"]?.array?.contains { $0.int == 2 } == true
    )
  }

  @Test func `tells heads that look at one position`() {
    func verdict(_ weights: [Float], _ normalizer: AttentionHeads.Normalizer = .softmax) -> String?
    {
      var statistics = HeadStatistics("encoder.0.attention", heads: 1)
      statistics.add(
        HeadActivations(
          name: "encoder.0.attention", heads: AttentionHeads(count: 1, normalizer: normalizer),
          weights: Matrix(rows: 2, columns: 3, weights + weights),
          spans: AttentionSpan.pairing(queries: [0, 2], sources: [0, 3])))
      return statistics.heads[0].verdict
    }
    #expect(verdict([0.97, 0.03, 0]) == "always the first")
    #expect(verdict([0, 0.01, 0.99]) == "always the last")
    #expect(verdict([0.33, 0.34, 0.33]) == "uniform")
    #expect(verdict([0, 1, 0]) == nil)
    #expect(verdict([0, 0, 0], .relu) == "no weight")
    // Weights of relu have another sum.
    #expect(verdict([4, 0, 0], .relu) == "always the first")
  }

  @Test func `skips what a location scorer cannot look at`() {
    let file = SmallModel.file(score: .location, positions: 3)
    let report = ActivationReport(file, lines: ["a b\ta", "a b c d\ta"], threads: 1)
    #expect(report.skipped == 1 && report.sourceTokens == 3)
  }
}
