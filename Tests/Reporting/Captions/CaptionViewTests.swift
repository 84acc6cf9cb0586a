import DragomanFormats
import DragomanImages
import DragomanPages
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `Views of captions` {
  /// A caption of the small picture, with its weights.
  private static func caption(
    count: Int = 1
  ) throws -> (example: CaptionExample, captions: [Translation], grid: (height: Int, width: Int)?) {
    let folder = try TemporaryFolder()
    try SmallClassifier.write(SmallClassifier.image(), to: folder["one.png"])
    try SmallCaptioner.file(SmallCaptioner.images()).write(to: folder["a.safetensors"])
    var captioner = try Captioner(path: folder["a.safetensors"], threads: 1)
    captioner.decoding.searchBeam(max(count, 1))
    let example = try captioner.model.reading.examples(path: folder["one.png"])[0]
    let found = captioner.captions(
      of: [example], count: count, TranslationOptions(withAttention: true))
    return (example, found[0].translations, captioner.gridSize)
  }

  @Test func `of a terminal have a picture for each word`() throws {
    let (example, captions, grid) = try Self.caption()
    let words = captions[0].targetTokens
    let plain = CaptionPicture(width: 200).lines(captions[0], example.image, grid)
    // A word, and three lines of four regions of two cells.
    #expect(plain.count == 4)
    #expect(plain[1].filter { AttentionPicture.shades.contains($0) }.count == 8 * words.count)
    let coloured = CaptionPicture(width: 200, hasColour: true)
      .lines(captions[0], example.image, grid)
    #expect(coloured.count == 4 && coloured[1].count(where: { $0 == "▀" }) == 8 * words.count)
    let narrow = CaptionPicture(width: 20).lines(captions[0], example.image, grid)
    #expect(narrow.count == words.count * 5 - 1 || narrow.count > 4)
    let text = CaptionText(grid: grid).text(captions[0], example)
    #expect(text.hasSuffix("one.png\t\(captions[0].text)\n"))
  }

  @Test func `for programs have everything`() throws {
    let (example, captions, grid) = try Self.caption(count: 2)
    let json = CaptionText(isNumbered: true, grid: grid).json(captions[1], example, rank: 2)
    #expect(json["rank"]?.int == 2 && json["caption"]?.string == captions[1].text)
    #expect(json["grid"]?["height"]?.int == 3 && json["grid"]?["width"]?.int == 4)
    #expect(json["attention"]?.array?.count == captions[1].targetTokens.count)
    #expect(json["image"]?.string == example.name && json["features"] == nil)
  }

  @Test func `on a page have the weights of each word over the image`() throws {
    let (example, captions, grid) = try Self.caption(count: 2)
    let page = CaptionPage(
      [.init(example: example, translations: captions)], of: 3, grid: grid, subtitle: "small")
    let text = String(decoding: page.page.bytes, as: UTF8.self)
    #expect(
      text.components(separatedBy: "class=\"look\"").count == captions[0].targetTokens.count + 1)
    #expect(text.contains("2 more examples are not shown."))
    #expect(text.contains("class=\"large\"") && text.contains("class=\"place\""))
    for word in captions[0].targetTokens where word != "</s>" {
      #expect(text.contains("<bdi>\(word)</bdi>"))
    }
  }

  @Test func `that explain one have every number of a step`() throws {
    let folder = try TemporaryFolder()
    try SmallClassifier.write(SmallClassifier.image(), to: folder["one.png"])
    let walk = try Walk(
      file: folder["one.png"], named: "one.png", reference: "a blue square",
      of: SmallCaptioner.images(), withGradients: true, kernels: Kernels(threads: 1))
    let text = String(decoding: WalkPage(walk).page.bytes, as: UTF8.self)
    for id in ["image", "encoder", "start", "decoder", "result", "gradients", "step-4"] {
      #expect(text.contains("id=\"\(id)\""), "\(id)")
    }
    #expect(!text.contains("id=\"tokens\""))
    let json = walk.json
    #expect(json["image"]?.string == "one.png" && json["source"] == nil)
    #expect(json["stages"]?.array?.count == 2 && json["steps"]?.array?.count == 4)
    #expect(json["steps"]?.array?.first?["gate"]?.double != nil)
    #expect(walk.lines.first == "reads   one.png: 3 × 4 regions, by line and column")
    #expect(
      walk.lines.contains("How much each region matters: the gradient of the loss of the target"))
    for entry in try #require(walk.gradients).parameters {
      #expect(
        ParameterEquations(walk.configuration).gradient(of: entry.name) != nil,
        "\(entry.name) has no equation")
    }
  }
}
