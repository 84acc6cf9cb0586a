import DragomanDecoding
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `A page of translations` {
  private static let hostile = "<script>window.hacked=1</script> \"a\" 'b'"

  private func traced(_ lines: [String], beam: Int = 3) -> [TracedTranslation] {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 6
    decoding.beam = beam
    let file = SmallModel.file(text: ["a b c", "the cat", Self.hostile, "سلام 日本 👩‍👩‍👧"])
    return Translator(file.trained, decoding: decoding, kernels: Kernels(threads: 1)).traced(
      lines, count: 1, TranslationOptions(withAttention: true))
  }

  private func text(_ lines: [TracedTranslation], of count: Int? = nil) -> String {
    String(
      decoding: AttentionPage(lines, of: count ?? lines.count, subtitle: "model · beam of 3")
        .page.bytes, as: UTF8.self)
  }

  private func count(_ part: String, in text: String) -> Int {
    text.split(separator: part, omittingEmptySubsequences: false).count - 1
  }

  @Test func `has the tokens, their weights and probabilities`() {
    let lines = traced(["the cat", "a b c"])
    let page = text(lines)
    let translations = lines.map { $0.translations[0] }
    let (sources, targets) = (
      translations.reduce(0) { $0 + $1.sourceTokens.count },
      translations.reduce(0) { $0 + $1.targetTokens.count }
    )
    #expect(
      count("data-source=", in: page) == sources && count("data-target=", in: page) == targets)
    #expect(count("data-weights=", in: page) == targets && count("data-step=", in: page) == targets)
    let cells = translations.reduce(0) { $0 + $1.sourceTokens.count * $1.targetTokens.count }
    #expect(count("class=\"cell\"", in: page) == cells)
    #expect(page.contains("model · beam of 3"))
    // Ends keep their direction in a sentence of the other one; words decide it.
    #expect(count("dir=\"auto\">&lt;/s&gt;", in: page) >= translations.count)
    #expect(count("dir=\"auto\">cat<", in: page) == 0)
    #expect(count("<article", in: page) == 2 && count("<details open>", in: page) == 6)
  }

  @Test func `shows where words looked if tokens are pieces of them`() {
    let lines = ["the cat", "unheard mats"]
    #expect(!text(traced(lines)).contains("Where each word looked"))
    let file = SmallModel.file(
      text: ["a b c", "the cat sat on the mat"], vocabularySize: 300, tokenizer: .bpe)
    let translator = Translator(
      file.trained, decoding: DecodingConfiguration(), kernels: Kernels(threads: 1))
    let page = text(
      translator.traced(lines, count: 1, TranslationOptions(prefix: "the mat", withAttention: true))
    )
    #expect(page.contains("Where each word looked"))
    #expect(page.contains("\u{2068}the\u{2069} ← \u{2068}unheard\u{2069}"))
    // Of letters that the pieces do not have, each word begins with a mark that stands by itself.
    let spelt = text(
      translator.traced(["zz yy"], count: 1, TranslationOptions(prefix: "zz", withAttention: true)))
    #expect(spelt.contains("Where each word looked"))
  }

  @Test func `has a tree of all hypotheses, with the way to the translation`() throws {
    let line = try #require(traced(["the cat"]).first)
    let markup = BeamTree(line.trace).html.markup
    #expect(count("data-node=", in: markup) == line.trace.nodes.count)
    #expect(count("data-edge=", in: markup) == line.trace.nodes.count)
    #expect(
      count("class=\"node best", in: markup) - 1 == line.translations[0].targetTokens.count)
    #expect(count("<tr>", in: markup) == line.trace.endings.count + 1)
    let node = try #require(line.trace.endings.first?.node)
    #expect(markup.contains("class=\"node best \(line.trace.nodes[node].fate.rawValue)\""))
    #expect(BeamTree(traced([""])[0].trace).html == .nothing)
  }

  @Test func `shows the alternatives of each step, and what was written`() {
    let lines = traced(["the cat"], beam: 1)
    let page = text(lines)
    let tokens = lines[0].translations[0].targetTokens.count
    #expect(count("class=\"written\"", in: page) == tokens)
    // Five alternatives, of which greedy search takes the first.
    #expect(count("<bdi>", in: page) >= 5 * tokens)
    #expect(count("class=\"node", in: page) - 2 == tokens)
  }

  @Test func `makes every text inert`() {
    let page = text(traced([Self.hostile, "سلام 日本 👩‍👩‍👧", "<script> </td>"]))
    #expect(count("<script>", in: page) == 2 && !page.contains("<script>window"))
    #expect(page.contains("dir=\"auto\""))
    for name in ["src=", "href=\"h", "style=\"", " onclick", "url("] {
      #expect(!page.contains(name))
    }
  }

  @Test func `bears lines without words and pages without lines`() {
    #expect(text(traced(["", "a"])).contains("nothing to translate"))
    #expect(!text([]).contains("<article"))
  }

  @Test func `says what it leaves out`() {
    let lines = traced(["a", "b"])
    #expect(text(lines, of: 900).contains("The first 2 of 900 lines are shown."))
    #expect(!text(lines).contains("lines are shown"))
    var room = SentenceView.Room(cells: 3, hypotheses: 3)
    let view = SentenceView(lines[0], number: 1, isOpen: true, room: &room).html.markup
    #expect(view.contains("No heat map here") && view.contains("No tree here"))
    #expect(room.cells == 3 && !view.contains("class=\"cell\""))
  }

  @Test(arguments: [
    (1.0, "sure"), (0.9, "sure"), (0.89, "fair"), (0.5, "unsure"), (0.1, "doubtful"),
  ])
  func `has levels of confidence`(_ probability: Double, _ level: String) {
    #expect(Confidence(probability).rawValue == level)
  }
}
