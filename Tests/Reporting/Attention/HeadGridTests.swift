import DragomanDecoding
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `A grid of heads` {
  private func page(
    _ file: ModelFile, _ lines: [String] = ["the cat", "a b c"], room: HeadRoom = HeadRoom()
  ) -> String {
    var (decoding, room) = (DecodingConfiguration(), room)
    decoding.maximumLength = 6
    let translator = Translator(file.trained, decoding: decoding, kernels: Kernels(threads: 1))
    let traced = translator.traced(lines, count: 1, TranslationOptions(withAttention: true))
    let heads = traced.map { room.heads(of: $0.translations[0], by: translator) }
    return String(
      decoding: AttentionPage(traced, heads: heads, of: lines.count, subtitle: "").page.bytes,
      as: UTF8.self)
  }

  private func count(_ part: String, in text: String) -> Int {
    text.split(separator: part, omittingEmptySubsequences: false).count - 1
  }

  private func layer(_ rows: [[Float]], positions: Int) -> AttentionLayer {
    let matrix = Workspace(kernels: Kernels(threads: 1)).matrix(
      rows: rows.count, columns: rows[0].count)
    matrix.write(rows.flatMap(\.self), at: 0)
    return AttentionLayer(matrix, positions: positions)
  }

  @Test(arguments: SmallModel.Headed.allCases)
  func `has a small map of each head and of each mean`(_ headed: SmallModel.Headed) {
    let page = page(SmallModel.transformer(headed))
    func maps(_ sizes: (layers: Int, heads: Int)) -> Int { sizes.layers * (sizes.heads + 1) }
    let encoder = headed == .decoder ? 0 : maps(SmallModel.encoderSizes)
    let decoder = headed == .encoder ? 0 : maps(SmallModel.decoderSizes)
    for line in 1...2 {
      #expect(count("name=\"encoder-\(line)\"", in: page) == encoder)
      #expect(count("name=\"decoder-\(line)\"", in: page) == decoder)
      #expect(count("name=\"source-\(line)\"", in: page) == decoder)
    }
    #expect(count("type=\"radio\"", in: page) == 2 * (encoder + 2 * decoder))
    #expect(count("class=\"map\"", in: page) == count("type=\"radio\"", in: page))
    // One of each choice is on: the mean of the last layer, which the large map shows.
    let groups = (encoder > 0 ? 1 : 0) + (decoder > 0 ? 2 : 0)
    #expect(
      count(" checked>", in: page) == 2 * groups && count("\"which\"", in: page) == 2 * groups)
    #expect(count("Where the encoder&#39;s heads looked", in: page) == (encoder > 0 ? 2 : 0))
    #expect(count("Where the decoder&#39;s heads looked back", in: page) == (decoder > 0 ? 2 : 0))
    #expect(count("<script>", in: page) == 3 && page.contains("The small maps are the heads"))
    for name in ["src=", "href=\"h", "style=\"", " onclick", "url("] {
      #expect(!page.contains(name))
    }
  }

  @Test func `is not there where there are no heads`() {
    let page = page(SmallModel.file())
    #expect(!page.contains("type=\"radio\"") && count("<script>", in: page) == 2)
    #expect(!page.contains("small maps") && !page.contains("No single heads"))
  }

  @Test func `has no group for a decoder without self-attention`() {
    let page = page(SmallModel.transformer(selfAttention: .ssru))
    #expect(page.contains("name=\"source-1\"") && page.contains("name=\"encoder-1\""))
    #expect(!page.contains("name=\"decoder-1\"") && !page.contains("looked back"))
  }

  @Test func `carries a byte a weight`() {
    let layer = layer([[0, 1, 0.5, 0.5], [.nan, 2, 0.25, 0.75]], positions: 2)
    let markup = HeadGrid(
      name: "n", title: "a ← b", rows: ["x", "y"], columns: ["u", "v"], layers: [layer]
    ).html.markup
    // 0, 255, 0, 255: what is not a number is 0, and what is more than 1 is 1.
    #expect(markup.contains("aria-label=\"layer 1, head 1\" data-weights=\"AP8A/w==\""))
    #expect(markup.contains("aria-label=\"layer 1, head 2\" data-weights=\"gIBAvw==\""))
    #expect(markup.contains("aria-label=\"layer 1, mean of its heads\""))
    #expect(markup.contains("role=\"radiogroup\" aria-label=\"heads: a ← b\""))
    #expect(count("class=\"cell\"", in: markup) == 4)
  }

  @Test func `has nothing to choose from with a single head`() {
    let layer = layer([[0.25, 0.75]], positions: 2)
    let markup = HeadGrid(
      name: "n", title: "a", rows: ["x"], columns: ["u", "v"], layers: [layer]
    ).html.markup
    #expect(!markup.contains("type=\"radio\"") && !markup.contains("which"))
    #expect(count("class=\"cell\"", in: markup) == 2)
  }

  @Test func `says why it is left out`() {
    let long = Array(repeating: "the", count: HeadRoom.longest).joined(separator: " ")
    let short = Array(repeating: "the", count: HeadRoom.longest - 1).joined(separator: " ")
    let page = page(SmallModel.transformer(), ["the cat", long])
    #expect(count("No single heads here: a side has more than 100 tokens.", in: page) == 1)
    #expect(count("name=\"source-1\"", in: page) > 0 && count("name=\"source-2\"", in: page) == 0)
    #expect(self.page(SmallModel.transformer(), [short]).contains("name=\"encoder-1\""))
    // A line that does not fit leaves the room to those that do.
    let full = self.page(SmallModel.transformer(), [short, "the cat"], room: HeadRoom(left: 9000))
    #expect(count("No single heads here: the page would grow too large.", in: full) == 1)
    #expect(count("name=\"source-2\"", in: full) > 0)
    #expect(count("class=\"cell\"", in: full) > 100)
  }
}
