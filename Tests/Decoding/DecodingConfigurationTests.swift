import DragomanDecoding
import DragomanFormats
import Testing

@testable import DragomanDecoding

@Suite struct `The configuration of decoding` {
  private func problems(_ text: String) -> String {
    do {
      _ = try DecodingConfiguration.parse(Array(text.utf8), file: "d.json")
      return ""
    } catch { return "\(error)" }
  }

  @Test func `is read back as it was written`() throws {
    var decoding = DecodingConfiguration()
    decoding.search = .sampling
    (decoding.topK, decoding.topP, decoding.seed, decoding.temperature) = (5, 0.5, 7, 0.8)
    #expect(try DecodingConfiguration.read(decoding.json, file: "d") == decoding)
    decoding = DecodingConfiguration()
    decoding.beam = 4
    (decoding.lengthNormalization, decoding.lengthExponent) = (.gnmt, 0.9)
    (decoding.maximumRatio, decoding.noRepeat) = (2.5, 3)
    #expect(try DecodingConfiguration.read(decoding.json, file: "d") == decoding)
  }

  @Test func `refuses what would do nothing or cannot be`() {
    #expect(problems(#"{"beam": 0}"#).contains("at least 1"))
    #expect(problems(#"{"beam": 1001}"#).contains("at most 1,000"))
    #expect(problems(#"{"search": "sampling", "temperature": 1e-40}"#).contains("0.001..<1000"))
    #expect(problems(#"{"search": "sampling", "beam": 4}"#).contains("beam"))
    #expect(problems(#"{"temperature": 0.5}"#).contains("sampling"))
    #expect(problems(#"{"lengthExponent": 0.5}"#).contains("gnmt"))
    #expect(problems(#"{"search": "sampling", "topP": 1.5}"#).contains("topP"))
    let lengths = problems(#"{"minimumLength": 20, "maximumLength": 20}"#)
    #expect(lengths.contains("minimumLength") && lengths.contains("at most 19"))
    let ratios = problems(#"{"minimumRatio": 2, "maximumRatio": 1.5}"#)
    #expect(ratios.contains("no length satisfies both"))
  }

  @Test func `can be changed by JSON, whatever hangs on what is changed`() throws {
    var decoding = DecodingConfiguration()
    (decoding.beam, decoding.lengthNormalization, decoding.lengthExponent) = (4, .gnmt, 0.9)
    let changed = try decoding.changed(by: #"{"lengthNormalization": "average"}"#, file: "o")
    #expect(changed.beam == 4 && changed.lengthNormalization == .average)
    #expect(try changed.changed(by: #"{"noRepeat": 3}"#, file: "o").noRepeat == 3)
    #expect(throws: ConfigurationError.self) {
      try changed.changed(by: #"{"lengthExponent": 0.5}"#, file: "o")
    }
  }

  @Test func `can be changed from a command line, whatever it was`() throws {
    var decoding = DecodingConfiguration()
    decoding.beam = 5
    decoding.sample()
    let temperature = try #require(ConfigurationOverride("decoding.temperature=0.5"))
    decoding = try decoding.overridden(by: [temperature], file: "m")
    #expect(decoding.search == .sampling && decoding.temperature == 0.5)
    decoding.searchBeam(7)
    #expect(try decoding.overridden(by: [], file: "m").beam == 7)
    let wrong = try #require(ConfigurationOverride("decoding.baem=5"))
    #expect(throws: ConfigurationError.self) { try decoding.overridden(by: [wrong], file: "m") }
  }
}
