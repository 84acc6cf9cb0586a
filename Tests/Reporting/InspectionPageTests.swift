import DragomanTensor
import DragomanText
import DragomanFormats
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `The page of an inspection` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func text(_ path: String) throws -> String {
    String(decoding: try InspectionPage(Inspection(path: path)).page.bytes, as: UTF8.self)
  }

  @Test func `has all that is in a model`() throws {
    let file = SmallModel.file(text: ["<b>bold</b> & the cat sat on the mat"])
    try file.write(to: folder["model.safetensors"])
    let text = try text(folder["model.safetensors"])
    for heading in [
      "Parameters", "Training", "Word vectors", "Vocabulary", "Tensors", "Configuration",
    ] {
      #expect(text.contains("<h2>\(heading)</h2>"), "\(heading)")
    }
    for entry in file.model.layout.entries {
      #expect(text.contains("<code><bdi>\(entry.name)</bdi></code>"))
    }
    #expect(
      text.split(separator: "class=\"block-map\"").count == file.model.layout.entries.count + 1)
    #expect(text.split(separator: "class=\"map\"").count == 3)
    #expect(text.contains("<title>small</title>") && text.contains("2.5") && text.contains("1.25"))
    #expect(text.contains("which is not beside the file"))
    #expect(!text.contains("<b>") && text.contains("&lt;"))
  }

  @Test func `has the training of a run`() throws {
    let run = try TinyRun()
    try run.train()
    let text = try text(run.folder.path)
    #expect(text.contains("<bdi>training</bdi>") && text.contains("<bdi>validation</bdi>"))
    #expect(!text.contains("which is not beside the file") && text.contains(">BLEU<"))
  }

  /// Ranges and squares of such numbers are greater than the greatest double.
  @Test func `has tensors near the limit of doubles`() throws {
    let header = #"{"t":{"dtype":"F64","shape":[3],"data_offsets":[0,24]}}"#
    let values: [Double] = [1.7e308, -1.7e308, 0]
    let bytes = values.flatMap { value in (0..<8).map { UInt8(value.bitPattern >> (8 * $0) & 255) }
    }
    let size = (0..<8).map { UInt8(header.utf8.count >> (8 * $0) & 255) }
    try folder.write("wide.safetensors", size + Array(header.utf8) + bytes)
    let text = try text(folder["wide.safetensors"])
    #expect(text.contains(NumberText.significant(1.7e308, digits: 4)))
    let inspection = try Inspection(path: folder["wide.safetensors"])
    let picture = try TensorPicture("t", of: inspection)
    #expect(picture.counts[0] == 1 && picture.counts[10] == 1 && picture.counts[19] == 1)
    #expect(picture.map[0].map { $0.rounded() } == [1.7e308, 1.7e308, 0])
    #expect(!picture.lines(hasColour: true).isEmpty && picture.json["norm"]?.isNull == true)
  }

  @Test func `has the tensors and metadata of another file`() throws {
    var writer = SafetensorsWriter(metadata: ["made by": "<hand>"])
    writer.add("a<b", shape: [2, 3]) { [1, 2, 3, 4, 5, .infinity] }
    writer.add("one", shape: [1]) { [1] }
    writer.add("same", shape: [4]) { [2, 2, 2, 2] }
    try writer.write(to: folder["other.safetensors"])
    let text = try text(folder["other.safetensors"])
    #expect(text.contains("not a model of Dragoman") && text.contains("&lt;hand&gt;"))
    #expect(text.contains("a&lt;b") && !text.contains("a<b"))
    #expect(text.contains("numbers are infinite or NaN"))
    #expect(text.split(separator: "class=\"block-map\"").count == 3)
    #expect(!text.contains("<h2>Training") && !text.contains("<h2>Word vectors"))
  }
}
