import DragomanLayers
import Testing

@Suite struct `A stopwatch` {
  /// Keeps the processor busy for at least so many milliseconds.
  private func work(milliseconds: Int) {
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(milliseconds)
    while clock.now < end {}
  }

  @Test func `counts time for the innermost part`() {
    let stopwatch = Stopwatch()
    let clock = ContinuousClock()
    let whole = clock.measure {
      stopwatch.measure(.decoder) {
        work(milliseconds: 4)
        stopwatch.measure(.attention) { work(milliseconds: 8) }
        work(milliseconds: 4)
      }
    }
    let sum = stopwatch.seconds(.decoder) + stopwatch.seconds(.attention)
    #expect(stopwatch.seconds(.attention) >= 0.008)
    #expect(stopwatch.seconds(.decoder) >= 0.008)
    #expect(sum <= Double(whole.components.attoseconds) * 1e-18 + Double(whole.components.seconds))
    #expect(stopwatch.seconds(.output) == 0)
  }

  @Test func `forgets at a reset`() {
    let stopwatch = Stopwatch()
    stopwatch.measure(.data) { work(milliseconds: 1) }
    stopwatch.reset()
    #expect(stopwatch.seconds(.data) == 0)
  }

  @Test func `hands on what was thrown and goes on with the outer part`() {
    struct Broken: Error {}
    let stopwatch = Stopwatch()
    stopwatch.measure(.encoder) {
      #expect(throws: Broken.self) { try stopwatch.measure(.embedding) { throw Broken() } }
      work(milliseconds: 2)
    }
    #expect(stopwatch.seconds(.encoder) >= 0.002)
  }
}
