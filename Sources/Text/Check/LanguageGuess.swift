import DragomanSystem

/// Which of two languages a text is in, learnt from the corpus itself.
///
/// Each word votes with the logarithm of how much more often it stands on the source side than on the target side.
/// Words are counted by their hashes in a table of fixed size; those that are rare do not vote, so that a pair cannot
/// speak for itself.
struct LanguageGuess {
  /// Slots of the table: several times the words that are frequent enough to vote.
  private static let slots = 1 << 18
  private static let minimumCount: UInt32 = 10
  /// What both sides must reach, in nats: each is e⁴ times as probable on the other side.
  private static let threshold: Float = 4

  private var counts = (
    source: [UInt32](repeating: 0, count: slots), target: [UInt32](repeating: 0, count: slots)
  )
  private var votes: [Float] = []

  mutating func addSource(_ word: UInt64) { counts.source[Self.slot(word)] &+= 1 }
  mutating func addTarget(_ word: UInt64) { counts.target[Self.slot(word)] &+= 1 }

  /// Counts what another has counted.
  mutating func add(_ other: LanguageGuess) {
    for slot in 0..<Self.slots {
      counts.source[slot] &+= other.counts.source[slot]
      counts.target[slot] &+= other.counts.target[slot]
    }
  }

  /// Ends the counting.
  mutating func finish() {
    votes = zip(counts.source, counts.target).map { source, target in
      guard source &+ target >= Self.minimumCount else { return 0 }
      return Self.logarithm(Float(source) + 0.5) - Self.logarithm(Float(target) + 0.5)
    }
    counts = ([], [])
  }

  /// How much a word speaks for the source language.
  func vote(_ word: UInt64) -> Float { votes[Self.slot(word)] }

  /// Whether two sides with these sums of votes are exchanged.
  static func isExchanged(source: Float, target: Float) -> Bool {
    source < -threshold && target > threshold
  }

  private static func slot(_ word: UInt64) -> Int { Int(word & UInt64(slots - 1)) }

  /// The natural logarithm, to a few per cent of a unit: exponent and a straight line in between.
  private static func logarithm(_ value: Float) -> Float {
    (Float(value.exponent) + value.significand - 1) * 0.693_147
  }
}
