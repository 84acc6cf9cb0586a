import DragomanSystem
import DragomanFormats
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanText

/// What it costs to make a corpus ready, for those who want to know.
///
///     DRAGOMAN_SCALE=1000000 swift test -c release --filter "The data path at scale"
///
/// `DRAGOMAN_SCALE` is how many sentence pairs are made up; `DRAGOMAN_THREADS` how many threads work, 2 unless
/// it is set. Every kind is a run of its own, since a process knows only its own peak of memory:
/// `DRAGOMAN_TOKENIZER=bpe` picks one.
@Suite(
  .serialized, .enabled(if: ProcessInfo.processInfo.environment["DRAGOMAN_SCALE"] != nil))
struct `The data path at scale` {
  private static func setting(_ name: String) -> String? {
    ProcessInfo.processInfo.environment["DRAGOMAN_\(name)"]
  }

  private let count = Int(Self.setting("SCALE") ?? "") ?? 100_000
  private let threads = Int(Self.setting("THREADS") ?? "") ?? 2
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    arguments: TokenizerKind.allCases.filter { [nil, $0.rawValue].contains(setting("TOKENIZER")) })
  func `is timed`(kind: TokenizerKind) throws {
    let path = "\(folder.path)/pairs.tsv"
    try write(path)
    var times: [(phase: String, seconds: Double)] = []
    func time<Result>(_ phase: String, _ work: () throws -> Result) rethrows -> Result {
      let start = ContinuousClock.now
      let result = try work()
      times.append((phase, (ContinuousClock.now - start) / .seconds(1)))
      return result
    }
    let pairs = try time("read") { try ParallelCorpus(reading: [.tsv(path)]) }
    let (source, target) = time("learn") {
      TextCodec.trained(
        on: pairs, shared: false, kinds: (kind, kind), vocabularySize: 8000, threads: threads)
    }
    let corpus = time("encode") {
      EncodedCorpus(
        pairs, source: source, target: target, maximumSourceLength: 101, maximumTargetLength: 101,
        threads: threads)
    }
    let report = time("check") {
      CorpusReport([("train", pairs)], maximumLength: 100, threads: threads)
    }
    #expect(report.parts[0].pairs == pairs.count)
    var random = SplitMix(seed: 1)
    let plan = time("plan") {
      BatchPlan(lengths: BatchLengths(corpus), batchTokens: 4000, using: &random)
    }
    let tokens = time("assemble") {
      (0..<plan.count).reduce(0) { $0 + corpus.batch(of: plan.indices(at: $1)).targetIDs.count }
    }
    #expect(tokens == corpus.target.tokenCount)
    let steps = times.suffix(2).map { $0.seconds / Double(plan.count) * 1e3 }
    print(
      "\(kind.rawValue), \(count) pairs, \(try Files.size(path)) bytes, \(threads) threads:",
      times.map { "\($0.phase) \(rounded($0.seconds)) s" }.joined(separator: ", ") + ";",
      "per step of 4000 tokens: plan \(rounded(steps[0])) ms, assembly \(rounded(steps[1])) ms;",
      "peak \((Memory.peak ?? 0) / 1_000_000) MB")
  }

  private func write(_ path: String) throws {
    var corpus = SyntheticCorpus(seed: 7)
    for start in stride(from: 0, to: count, by: 10_000) {
      try Files.append(corpus.lines(min(10_000, count - start)), to: path)
    }
  }

  private func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
}
