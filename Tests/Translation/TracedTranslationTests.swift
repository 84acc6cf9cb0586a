import DragomanDecoding
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanTranslation

@Suite struct `A traced translation` {
  @Test func `of a model without numbers has an ending and no tokens`() {
    let file = SmallModel.file()
    let kernels = Kernels(threads: 1)
    kernels.fill(file.weights.slab, with: .nan)
    let translator = Translator(file.trained, decoding: DecodingConfiguration(), kernels: kernels)
    let found = translator.traced(["a b"], count: 1)[0]
    #expect(found.trace.nodes.isEmpty && found.trace.first.isEmpty)
    #expect(found.trace.endings.map(\.node) == [nil])
    #expect(found.trace.alternatives(along: found.trace.endings[0]).isEmpty)
  }

  @Test func `comes with the translations that there are without it`() {
    for change in SearchSettings.all {
      var translator = `A translator`.translator()
      change(&translator.decoding)
      let count = translator.decoding.search == .beam ? min(translator.decoding.beam, 2) : 3
      let options = TranslationOptions(withAttention: true)
      func traced(_ lines: [String]) -> [TracedTranslation] {
        translator.traced(lines, count: count, options)
      }
      let plain = translator.alternatives(`A translator`.lines, count: count, options)
      let found = traced(`A translator`.lines)
      #expect(found.map(\.translations) == plain)
      // Nor does it depend on what stands beside a line.
      #expect(`A translator`.lines.map { traced([$0])[0] } == found)
      translator.decoding.batch = 2
      #expect(traced(`A translator`.lines) == found)
      let texts = translator.alternatives(`A translator`.lines, count: count, .textOnly)
      #expect(texts.map { $0.map(\.text) } == plain.map { $0.map(\.text) })
      // Options say what the translations hold, not what the trace does.
      let bare = translator.traced(`A translator`.lines, count: count, .textOnly)
      #expect(bare.map(\.translations) == texts && bare.map(\.trace) == found.map(\.trace))
    }
  }
}
