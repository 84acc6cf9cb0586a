import Testing

@testable import DragomanReporting

@Suite struct `A sparkline` {
  @Test func `goes from the least to the greatest`() {
    #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], width: 8) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([3, 1], width: 8) == "█▁")
    #expect(Sparkline.text([-1, 0, 1], width: 3) == "▁▅█")
  }

  @Test func `shows means where there are more values than room`() {
    #expect(Sparkline.text([0, 2, 7, 9], width: 2) == "▁█")
    #expect(Sparkline.text(Array(repeating: 1, count: 100) + [2], width: 10).count == 10)
  }

  @Test func `may have nothing to show`() {
    #expect(Sparkline.text([], width: 8) == "")
    #expect(Sparkline.text([1], width: 0) == "")
    #expect(Sparkline.text([5, 5], width: 8) == "▁▁")
    #expect(Sparkline.text([.nan, 1, .infinity, 2], width: 8) == "▁█")
  }
}

@Suite struct `The curve of the loss` {
  @Test func `keeps all of a run in few numbers`() {
    var curve = LossCurve()
    for update in 0..<1000 { curve.add(Double(update)) }
    let values = curve.values
    #expect((32...64).contains(values.count))
    #expect(values == values.sorted() && values[0] == 7.5)
    #expect(values[values.count - 1] > 980)
  }

  @Test func `shows the first updates one by one and leaves out what is not a number`() {
    var curve = LossCurve()
    for loss in [3, .nan, 2, .infinity, 1] { curve.add(loss) }
    #expect(curve.values == [3, 2, 1])
  }
}
