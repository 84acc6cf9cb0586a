import DragomanFormats
import DragomanLayers
import DragomanSystem
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanCommand

@Suite struct `Explaining several models` {
  private let saved: SavedModel
  private var folder: TemporaryFolder { saved.folder }
  private let models: [String]

  init() throws {
    saved = try SavedModel()
    var models = [saved.path]
    for score in [ScorerKind.dot, .general, .location] {
      let path = saved.folder["\(score.rawValue).safetensors"]
      try SmallModel.file(score: score).write(to: path)
      models.append(path)
    }
    self.models = models
  }

  private func run(_ count: Int, _ words: String...) -> SavedModel.Outcome {
    saved.run(["explain"] + models.prefix(count).flatMap { ["--model", $0] } + words)
  }

  @Test(arguments: [2, 3, 4]) func `walks through each`(_ count: Int) throws {
    let found = run(count, "the cat", "--target", "a b", "--quiet")
    #expect(found.code == .success && found.notes.isEmpty)
    // All are called alike, so that their files tell them apart.
    for model in models.prefix(count) { #expect(found.results.contains("== \(model)\n")) }
    let single = saved.run(["explain", "--model", models[1], "the cat", "--target", "a b"])
    #expect(found.results.contains(single.results))
    let objects = run(count, "the cat", "--gradients", "--json", "--quiet").results
      .split(separator: "\n")
    #expect(objects.count == count)
    for (line, model) in zip(objects, models) {
      let object = try JSON.parse(Array(line.utf8), file: "output")
      #expect(object["model"]?.string == model && object["gradients"] != nil)
      let schema = OutputDefinition.all.first { $0.name == "explain" }?.schema
      #expect(try SchemaValidator.problems(object, #require(schema)) == [])
    }
  }

  @Test func `writes a page with all of them`() throws {
    let path = folder["both.html"]
    let found = run(4, "the cat", "--target", "a b", "--gradients", "--html", path, "--quiet")
    #expect(found.code == .success && found.results == path + "\n", "\(found.notes)")
    let page = String(decoding: try Files.read(path), as: UTF8.self)
    for title in [
      "What came of it", "Where they looked", "By which equations", "Step by step",
      "What arrives at the source",
    ] { #expect(page.contains("<h2>\(title)</h2>")) }
    #expect(page.components(separatedBy: "<figure class=\"heatmap").count >= 5)
    let plain = folder["plain.html"]
    #expect(run(2, "the cat", "--html", plain, "--quiet").code == .success)
    #expect(!String(decoding: try Files.read(plain), as: UTF8.self).contains("∂"))
  }

  @Test func `says what it cannot do`() throws {
    let five = saved.run(
      ["explain", "a"] + (models + [models[0]]).flatMap { ["--model", $0] })
    #expect(five.code == .usage)
    #expect(
      five.notes.hasPrefix(
        "dragoman: '--model' is '\(models[0])'; it must be one of at most 4 models"))
    let classifier = folder["c.safetensors"]
    try SmallClassifier.file(SmallClassifier.texts()).write(to: classifier)
    for pair in [[classifier, models[0]], [models[0], classifier]] {
      let found = saved.run(["explain", "a"] + pair.flatMap { ["--model", $0] })
      #expect(found.code == .failure)
      #expect(
        found.notes.hasPrefix(
          "\(classifier): a model for classification, but expected one for translation."))
    }
  }
}
