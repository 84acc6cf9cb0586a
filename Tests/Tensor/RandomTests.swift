import Testing

@testable import DragomanTensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct `Random numbers` {
  /// The known answers of Random123, file `kat_vectors`, lines `philox4x32 10`.
  @Test func `Philox gives the published words`() {
    #expect(
      Philox.words(counter: SIMD4(0, 0, 0, 0), key: SIMD2(0, 0))
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = UInt32.max
    #expect(
      Philox.words(counter: SIMD4(ones, ones, ones, ones), key: SIMD2(ones, ones))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      Philox.words(
        counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
        key: SIMD2(0xa409_3822, 0x299f_31d0))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func `a stream depends on seed, kind and name`() {
    func first(_ random: Random) -> UInt64 {
      var random = random
      return random.next()
    }
    let words = [
      first(Random(seed: 1, stream: 1)), first(Random(seed: 2, stream: 1)),
      first(Random(seed: 1, stream: 2)), first(Random(seed: 1 << 40, stream: 1)),
      first(Random(seed: 1, stream: 1 << 40)), first(Random(seed: 1, name: "a")),
      first(Random(seed: 1, name: "b")), first(Random(seed: 1, name: "")),
    ]
    #expect(Set(words).count == words.count)
    #expect(first(Random(seed: 1, name: "a")) == words[5])
  }

  /// Pinned, so that old checkpoints and new programs agree on what a seed means.
  @Test func `numbers do not change from release to release`() {
    var random = Random(seed: 1, name: "encoder.0.forward.inputWeight")
    let words: [UInt32] = (0..<4).map { _ in random.next() }
    let numbers = (0..<3).map { _ in random.normal() }
    #expect(numbers == [0.8174131359406263, 0.2589569919615195, -0.43757983996820937])
    #expect(words == [4_141_102_594, 1_484_731_059, 3_373_044_222, 2_291_341_439])
  }

  @Test func `uniform numbers are spread evenly`() {
    var random = Random(seed: 1, stream: 0)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<100_000 {
      let x = random.uniform()
      #expect(x >= 0 && x < 1)
      counts[Int(x * 10)] += 1
    }
    // Chi-squared with 9 degrees of freedom: 27.9 is passed once in a thousand seeds.
    let chi = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
    #expect(chi < 27.9)
  }

  @Test func `normal numbers have the moments of the normal distribution`() {
    var random = Random(seed: 1, stream: 0)
    var (mean, variance, fourth, tail) = (0.0, 0.0, 0.0, 0)
    let count = 100_000
    for _ in 0..<count {
      let x = random.normal()
      mean += x / Double(count)
      variance += x * x / Double(count)
      fourth += x * x * x * x / Double(count)
      if abs(x) > 2 { tail += 1 }
    }
    #expect(abs(mean) < 0.016 && abs(variance - 1) < 0.023 && abs(fourth - 3) < 0.16)
    #expect(abs(Double(tail) / Double(count) - 0.0455) < 0.0033)
  }

  @Test func `the logarithm is that of the library`() {
    for x in [1e-300, 1e-9, 0.1, 0.5, 0.7, 0.70711, 0.999999, 1, 1.4, 1.42, 2, 1e10] {
      #expect(abs(Random.logarithm(x) - log(x)) <= 1e-15 * max(1, abs(log(x))))
    }
  }

  @Test func `every order of a shuffle is equally likely`() {
    var random = Random(seed: 1, stream: 0)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      var order = [0, 1, 2, 3]
      random.shuffle(&order)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 24)
    let chi = counts.values.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 }
    // 23 degrees of freedom, once in a thousand seeds.
    #expect(chi < 49.7)
  }

  @Test func `shuffles keep the elements`() {
    var random = Random(seed: 1, stream: 0)
    for count in [0, 1, 2, 1000] {
      var elements = Array(0..<count)
      random.shuffle(&elements)
      #expect(elements.sorted() == Array(0..<count))
    }
  }

  @Test(arguments: [(1, 1), (5, 5), (7, 3), (3, 7), (64, 64), (1, 6), (40, 17)])
  func `orthogonal matrices are orthogonal`(shape: (Int, Int)) {
    var random = Random(seed: 1, stream: 0)
    let (rows, columns) = shape
    let q = random.orthogonal(rows: rows, columns: columns)
    let short = min(rows, columns)
    for i in 0..<short {
      for j in 0..<short {
        var dot = 0.0
        for l in 0..<max(rows, columns) {
          dot +=
            rows >= columns
            ? Double(q[l * columns + i]) * Double(q[l * columns + j])
            : Double(q[i * columns + l]) * Double(q[j * columns + l])
        }
        #expect(abs(dot - (i == j ? 1 : 0)) < 2e-6, "\(shape) [\(i), \(j)]")
      }
    }
  }

  @Test func `orthogonal matrices have no preferred direction`() {
    var random = Random(seed: 1, stream: 0)
    var means = [Double](repeating: 0, count: 9)
    var squares = means
    for _ in 0..<3000 {
      for (i, x) in random.orthogonal(rows: 3, columns: 3).enumerated() {
        means[i] += Double(x) / 3000
        squares[i] += Double(x) * Double(x) / 3000
      }
    }
    #expect(means.allSatisfy { abs($0) < 0.045 }, "\(means)")
    #expect(squares.allSatisfy { abs($0 - 1.0 / 3) < 0.025 }, "\(squares)")
  }
}
