#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

import DragomanTestSupport

@testable import DragomanText

/// Sentence pairs with the statistics of text and no meaning, as many as a test wants.
///
/// 60,000 words of made-up syllables per language, the frequent ones shorter, drawn by the law of Zipf and
/// Mandelbrot; 3 to 40 words a sentence, 12 in the mean; capitals, numbers, clitics and punctuation.
struct SyntheticCorpus {
  private static let words = 60_000
  private let lexicons: [[String]]
  private let cumulative: [Double]
  private var random: SplitMix

  init(seed: UInt64) {
    random = SplitMix(seed: seed)
    let onsets = ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "tr", "st", ""]
    lexicons = [
      Self.lexicon(
        1, onsets, ["a", "e", "i", "o", "u", "ea", "ou"], ["", "n", "s", "r", "t", "ng", "ly"]),
      Self.lexicon(
        2, onsets + ["ç", "qu"], ["a", "e", "i", "o", "u", "é", "eau"], ["", "s", "nt", "x", "e"]),
    ]
    var sum = 0.0
    cumulative = (0..<Self.words).map { rank in
      sum += 1 / pow(Double(rank) + 3.7, 1.05)
      return sum
    }
  }

  /// `count` sentence pairs.
  mutating func pairs(_ count: Int) -> ParallelCorpus {
    var pairs: [SentencePair] = []
    for _ in 0..<count { pairs.append(pair()) }
    return ParallelCorpus(pairs)
  }

  /// `count` sentence pairs as lines with a tab.
  mutating func lines(_ count: Int) -> String {
    var text = ""
    for _ in 0..<count {
      let pair = pair()
      text += pair.source + "\t" + pair.target + "\n"
    }
    return text
  }

  private mutating func pair() -> SentencePair {
    let length = min(40, 3 - Int(5 * log(unit()) + 4.3 * log(unit())))
    let ranks = (0..<length).map { _ in rank() }
    let other = min(40, max(3, length + Int.random(in: -2...2, using: &random)))
    return SentencePair(
      source: sentence(lexicons[0], ranks, length), target: sentence(lexicons[1], ranks, other))
  }

  private mutating func sentence(_ lexicon: [String], _ ranks: [Int], _ length: Int) -> String {
    var text = ""
    for place in 0..<length {
      let word = lexicon[ranks[place % ranks.count]]
      if place > 0 { text += " " }
      switch Int.random(in: 0..<100, using: &random) {
      case 0: text += String(Int.random(in: 0..<2100, using: &random))
      case 1: text += word.capitalizedFirst
      case 2: text += word + "'s"
      case 3..<8: text += word + ","
      default: text += place == 0 ? word.capitalizedFirst : word
      }
    }
    return text + [".", ".", ".", "?", "!"][Int.random(in: 0..<5, using: &random)]
  }

  private mutating func rank() -> Int {
    let drawn = unit() * (cumulative.last ?? 0)
    var (low, high) = (0, Self.words - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] < drawn { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// In 0..<1, but not 0.
  private mutating func unit() -> Double { (Double(random.next() >> 11) + 0.5) * 0x1p-53 }

  private static func lexicon(
    _ seed: UInt64, _ onsets: [String], _ vowels: [String], _ codas: [String]
  ) -> [String] {
    var random = SplitMix(seed: seed)
    func draw(_ choices: [String]) -> String {
      choices[Int.random(in: 0..<choices.count, using: &random)]
    }
    var known: Set<String> = []
    var words: [String] = []
    while words.count < Self.words {
      let most = 1 + min(4, Int(log(Double(words.count + 20)) / 2))
      let word =
        (0..<Int.random(in: 1...most, using: &random))
        .map { _ in draw(onsets) + draw(vowels) }.joined() + draw(codas)
      if known.insert(word).inserted { words.append(word) }
    }
    return words
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
