import Testing

@testable import DragomanReporting

@Suite struct `Durations` {
  @Test func `are short and readable`() {
    #expect(Duration.text(seconds: 0) == "0 s")
    #expect(Duration.text(seconds: 59.4) == "59 s")
    #expect(Duration.text(seconds: 60) == "1:00")
    #expect(Duration.text(seconds: 3599) == "59:59")
    #expect(Duration.text(seconds: 3600) == "1:00:00")
    #expect(Duration.text(seconds: 90061) == "25:01:01")
    #expect(Duration.text(seconds: -3) == "0 s")
  }
}
