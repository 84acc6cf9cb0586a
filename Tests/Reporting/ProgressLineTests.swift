import DragomanEvaluation
import DragomanTranslation
import Testing

@testable import DragomanReporting
@testable import DragomanTraining

@Suite struct `The progress line` {
  private func progress(_ update: Int, loss: Double, isLogged: Bool = false) -> TrainingProgress {
    var position = TrainingPosition()
    position.update = update
    position.targetTokens = 100 * update
    return TrainingProgress(
      position: position, plannedUpdates: 12_345, batchesPerEpoch: 50, batchLoss: loss, loss: loss,
      gradientNorm: 1.25, learningRate: 0.001, isLogged: isLogged, best: nil)
  }

  private func lines(
    isTerminal: Bool, width: Int = 80, isVerbose: Bool = false, updates: Int = 60,
    interval: Duration = .zero
  ) -> [String] {
    nonisolated(unsafe) var written = ""
    let line = ProgressLine(
      isTerminal: isTerminal, width: width, isVerbose: isVerbose, interval: interval,
      write: { written += $0 })
    for update in 1...updates {
      line.updated(
        progress(update, loss: 9 - Double(update) / 10, isLogged: update.isMultiple(of: 20)))
    }
    line.saved("last.safetensors")
    line.ended(.finished, progress(updates, loss: 1))
    return written.split(separator: "\n").map(String.init)
  }

  @Test(arguments: [20, 40, 60, 80, 200]) func `fits into the terminal`(_ width: Int) throws {
    let drawn = try #require(lines(isTerminal: true, width: width).first)
    // Behind the last one stands how the run ended.
    for line in drawn.split(separator: "\r\u{1B}[K").dropLast() { #expect(line.count < width) }
    let last = try #require(drawn.split(separator: "\r\u{1B}[K").dropLast().last)
    #expect(last.contains("loss 3.000") || width < 40)
    if width >= 60 { #expect(last.contains("█") && last.contains("left")) }
    if width >= 200 { #expect(last.contains("perplexity") && last.contains("rate 0.001")) }
  }

  @Test func `ends with what the best model is worth`() {
    nonisolated(unsafe) var written = ""
    let line = ProgressLine(isTerminal: false, write: { written += $0 })
    var last = progress(60, loss: 1)
    var best = TrainingRecord.Validation(update: 1050, epoch: 2, loss: 1.25, scores: [.bleu: 28.1])
    best.intervals[.bleu] = BootstrapInterval(lower: 26.02, upper: 30.313)
    last.best = best
    line.ended(.finished, last)
    #expect(
      written.hasSuffix(
        "\nbest model, of update 1,050: loss 1.2500, perplexity 3.490, BLEU 28.10 (26.02–30.31)\n"))
  }

  @Test func `is plain lines where there is no terminal`() {
    let found = lines(isTerminal: false)
    #expect(found.count == 4 && found[3].hasPrefix("finished after 60 updates"))
    for line in found.dropLast() {
      #expect(line.hasPrefix("epoch 1 · update ") && line.contains(" · loss "))
      #expect(!line.contains("\u{1B}") && !line.contains("█") && !line.contains("gradient"))
    }
  }

  @Test func `has plain lines seldom enough to be read`() {
    let found = lines(isTerminal: false, interval: .seconds(1000))
    #expect(found.count == 2 && found[0].contains("update 20/"))
    #expect(lines(isTerminal: false, isVerbose: true, interval: .seconds(1000)).count == 5)
  }

  @Test func `shows translations when they have changed`() {
    nonisolated(unsafe) var written = ""
    let line = ProgressLine(isTerminal: false, write: { written += $0 })
    for (update, text) in ["a", "a", "b", "b"].enumerated() {
      line.validated(
        ValidationReport(
          validation: .init(update: update, epoch: 0, loss: 1), metrics: [.loss], improved: [],
          samples: [
            .init(source: "x", reference: "y", translation: text),
            .init(source: "z", reference: "y", translation: "c"),
          ]), progress(update, loss: 1))
    }
    let shown = written.split(separator: "\n").filter { $0.hasPrefix("  translation") }
    #expect(shown.map { $0.last } == ["a", "c", "b"])
    #expect(written.split(separator: "\n").count { $0.hasPrefix("validation") } == 4)
  }

  @Test func `tells more if it is to`() {
    let found = lines(isTerminal: false, isVerbose: true)
    #expect(found[0].hasSuffix(" · gradient 1.25"))
    #expect(found.contains("saved last.safetensors"))
    let drawn = lines(isTerminal: true, isVerbose: true)
    #expect(drawn.filter { $0.contains("gradient 1.25") }.count == 3)
  }
}
