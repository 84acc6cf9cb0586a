/// How many letters of each script there are.
struct ScriptCounts {
  private var counts: [Script: Int] = [:]

  /// The letters of a text.
  init(_ text: String = "") {
    for scalar in text.unicodeScalars { add(scalar) }
  }

  mutating func add(_ scalar: Unicode.Scalar) {
    if let script = Script(scalar.value) { counts[script, default: 0] += 1 }
  }

  /// The script of most letters; Japanese where there is kana among the Chinese.
  var script: Script {
    let most = counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
    let hasKana = most == .han && 20 * counts[.kana, default: 0] > counts[.han, default: 0]
    return hasKana ? .kana : most ?? .other
  }

  /// Whether most letters are in `script`, or all of them in Chinese signs where Japanese is expected.
  func areMostly(_ script: Script) -> Bool {
    let found = self.script
    return found == script || found == .han && script == .kana
  }
}

/// The writing systems of the two sides.
struct ExpectedScripts {
  let source: Script
  let target: Script
  /// Whether pairs can be exchanged without a doubt: both scripts are told apart, and from each other.
  private let differ: Bool
  private let foreignSource: ForeignScript?
  private let foreignTarget: ForeignScript?

  init(_ corpus: ParallelCorpus) {
    source = Script(of: corpus.sources)
    target = Script(of: corpus.targets)
    differ = source != target && source != .other && target != .other
    foreignSource = ForeignScript(source)
    foreignTarget = ForeignScript(target)
  }

  /// The script of a side that is in another one than it should be; names are the same on both sides.
  func foreign(
    _ source: Span<UInt8>, _ sourceMarks: LineMarks, _ target: Span<UInt8>, _ targetMarks: LineMarks
  ) -> Script? {
    guard
      let found = foreignSource?.found(in: source, sourceMarks)
        ?? foreignTarget?.found(in: target, targetMarks)
    else { return nil }
    let isSame =
      source.count == target.count && source.indices.allSatisfy { source[$0] == target[$0] }
    return isSame ? nil : found
  }

  /// Whether each side of a pair is written as the other one should be.
  func areExchanged(_ pair: Int, in corpus: ParallelCorpus) -> Bool {
    guard differ else { return false }
    let text = corpus.sources[pair]
    // Counting takes long, and most sources begin as they should.
    guard text.unicodeScalars.lazy.compactMap({ Script($0.value) }).first != source else {
      return false
    }
    let (found, foundTarget) = (ScriptCounts(text), ScriptCounts(corpus.targets[pair]))
    return found.areMostly(target) && !found.areMostly(source)
      && foundTarget.areMostly(source) && !foundTarget.areMostly(target)
  }
}
