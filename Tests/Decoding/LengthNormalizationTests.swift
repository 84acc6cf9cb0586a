import DragomanSystem
import DragomanDecoding
import DragomanTensor
import Testing

@testable import DragomanDecoding

@Suite struct `The score of a translation` {
  @Test func `is divided by what the length asks for`() {
    #expect(LengthNormalization.none.divisor(length: 7) == 1)
    #expect(LengthNormalization.average.divisor(length: 7) == 7)
    #expect(LengthNormalization.gnmt(exponent: 1).divisor(length: 7) == 2)
    #expect(abs(LengthNormalization.gnmt(exponent: 0.5).divisor(length: 19) - 2) < 1e-15)
  }

  @Test func `loses for what was hardly looked at`() {
    // Sums of 1.5, 0.5 and 0 of three source tokens.
    let attention: [[Float]] = [[0.75, 0.25, 0], [0.75, 0.25, 0]]
    let expected = 0.2 * (logarithm(0.5) + logarithm(0x1p-20))
    #expect(abs(CoveragePenalty(weight: 0.2).value(attention) - expected) < 1e-12)
    #expect(CoveragePenalty(weight: 0).value(attention) == 0)
    #expect(CoveragePenalty(weight: 1).value([]) == 0)
  }

  @Test func `gives up only what can win no more`() {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 10
    decoding.beam = 3
    var beam = Beam(decoding, source: 4, SearchOptions())
    #expect(!beam.isDecided(best: -100))
    var hypothesis = Hypothesis()
    (hypothesis.tokens, hypothesis.logProbabilities) = ([4, 2], [-0.5, -0.5])
    beam.finish(hypothesis)
    // The mean is −0.5; ten tokens of −5 in all have it too, and are later.
    #expect(beam.isDecided(best: -5) && !beam.isDecided(best: -4.99))
    #expect(beam.width == 2)
  }
}
