import DragomanSystem
import DragomanFormats
import DragomanLayers
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `An inspection` {
  let path = "/tmp/dragoman-inspection-\(UInt64.random(in: 0...UInt64.max)).safetensors"

  @Test func `tells what a model is`() throws {
    defer { try? Files.remove(path) }
    let file = SmallModel.file()
    try file.write(to: path)
    let inspection = try Inspection(path: path)
    let text = inspection.text([.summary])
    for part in [
      "model small",
      "embedding 9; biGRU encoder, 7 units; additive attention of size 10; GRU decoder, 14 units, context "
        + "feeding, starts from the encoder's backward state over a bridge",
      "parameters: \(NumberText.grouped(file.model.layout.parameterCount)) in 5 parts",
      "shared vocabulary: ", "word tokens: <unk> <s> </s> the ",
      "training: 3 updates, 1 epoch, 12 pairs, 80 target tokens, 2 validations",
      "best validation: loss 1.2500, perplexity 3.490 after update 3",
      "encoder.0.forward.inputWeight",
    ] {
      #expect(text.contains(part), "'\(part)' is missing in\n\(text)")
    }
    #expect(inspection.text([.history]).contains("loss 1.2500, perplexity 3.490  best"))
    #expect(inspection.text([.configuration]).contains(#""embedding": 9"#))
    #expect(inspection.text([.vocabulary]).contains("       2  </s>"))
    let json = inspection.json
    #expect(json["isModel"]?.bool == true)
    #expect(json["parameters"]?.int == file.model.layout.parameterCount)
    #expect(json["tensors"]?.array?.count == file.model.layout.entries.count)
    #expect(json["vocabularies"]?["shared"]?["tokens"]?.array?.first?.string == "<unk>")
    _ = try JSON.parse(Array(json.serialized().utf8), file: "inspection")
  }

  @Test func `computes statistics of any safetensors file`() throws {
    defer { try? Files.remove(path) }
    var writer = SafetensorsWriter(metadata: ["made by": "someone else"])
    writer.add("layer.weight", shape: [2, 3]) { [1, 2, 3, 4, -.infinity, 5] }
    writer.add("nothing", shape: [0, 4]) { [] }
    writer.add("scalar", shape: []) { [-2] }
    try writer.write(to: path)
    let inspection = try Inspection(path: path)
    let statistics = try #require(inspection.statistics[0])
    #expect(statistics.count == 5 && statistics.nonFinite == 1)
    #expect(statistics.mean == 3 && abs(statistics.deviation - 2.0.squareRoot()) < 1e-12)
    #expect(statistics.minimum == 1 && statistics.maximum == 5)
    #expect(abs(statistics.norm - 55.0.squareRoot()) < 1e-12)
    let text = inspection.text([.summary])
    #expect(text.contains("a safetensors file, not a model of Dragoman's"))
    #expect(text.contains("metadata made by: someone else"))
    #expect(text.contains("WARNING: 1 number is infinite or NaN"))
    #expect(inspection.json["isModel"]?.bool == false)
  }

  /// A model that is damaged does not pass for one, nor for a file of someone else's.
  @Test(arguments: [
    ("dragoman.format", "dragoman.farmat", "the checksum is "),
    ("dragoman.record", "dragoman.recard", "the checksum is "),
    (
      "dragoman.checksum", "dragoman.checksun",
      "metadata 'dragoman.checksum': expected the checksum"
    ),
    ("__metadata__", "__metadatb__", "tensor '__metadatb__': expected no fields but dtype"),
  ])
  func `refuses a damaged model`(_ old: String, _ new: String, _ expected: String) throws {
    defer { try? Files.remove(path) }
    try SmallModel.file().write(to: path)
    try AtomicFile.write(ModelBytes.replacing(old, by: new, in: Files.read(path)), to: path)
    let error = #expect(throws: (any Error).self) { try Inspection(path: path) }
    #expect(error.map { "\($0)" }?.hasPrefix("\(path): \(expected)") == true)
  }
}
