import Testing

@testable import DragomanFormats

@Suite struct `Dates` {
  // As GNU date prints them: date -u -d @SECONDS +'%F %H:%M'.
  @Test(arguments: [
    (0.0, "1970-01-01 00:00"), (951_782_399, "2000-02-28 23:59"),
    (951_782_400, "2000-02-29 00:00"), (951_868_800, "2000-03-01 00:00"),
    (1_709_164_800, "2024-02-29 00:00"), (1_735_689_599.9, "2024-12-31 23:59"),
    (4_107_542_399, "2100-02-28 23:59"), (4_107_542_400, "2100-03-01 00:00"),
    (-1, "1969-12-31 23:59"),
  ]) func `are those of the calendar`(_ seconds: Double, _ text: String) {
    #expect(DateText.minute(seconds) == text)
  }

  // date -u -d @SECONDS +'%FT%TZ'
  @Test(arguments: [
    (0.0, "1970-01-01T00:00:00Z"), (951_782_399.5, "2000-02-28T23:59:59Z"),
    (1_709_164_807, "2024-02-29T00:00:07Z"), (-1, "1969-12-31T23:59:59Z"),
  ]) func `are written as ISO 8601 has it`(_ seconds: Double, _ text: String) {
    #expect(DateText.iso(seconds) == text)
  }
}
