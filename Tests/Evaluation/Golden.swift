import Foundation

@testable import DragomanEvaluation

/// What sacreBLEU 2.6 says about sentences of our own: `Golden/metrics.json`, by `Golden/make_metrics.py`.
struct Golden: Decodable {
  struct Score: Decodable {
    var score: Double
    var line: String
    var statistics: [[Double]]?
    var segments: [Double]?
  }

  struct Corpus: Decodable {
    var name: String
    var hypotheses: [String]
    var references: [[String]]
    var scores: [String: Score]
  }

  struct Tokenization: Decodable {
    var text: String
    var tokens: [String: [String]]
  }

  struct Bootstrap: Decodable {
    struct Test: Decodable { var p, mean, interval: Double }

    var baseline, system: [String]
    var references: [[String]]
    var samples: [[Int]]
    var tests: [String: Test]
  }

  var corpora: [Corpus]
  var tokenizations: [Tokenization]
  var bootstrap: Bootstrap

  static let shared = Result { try decoded(Golden.self, "metrics") }

  /// Corpora full of Unicode's oddities: `Golden/unicode.json`, by `Golden/unicode_corpora.py`.
  struct Unicode: Decodable {
    var corpora: [Corpus]

    static let shared = Result { try decoded(Unicode.self, "unicode") }
  }

  /// Captions, with figures of orders of BLEU and of CIDEr-D: `Golden/captions.json`, by `Golden/make_captions.py`.
  struct Captions: Decodable {
    struct Score: Decodable {
      var score: Double
      var segments: [Double]
    }

    struct Corpus: Decodable {
      var name: String
      var hypotheses: [String]
      /// The references of each segment.
      var references: [[String]]
      var scores: [String: Score]
    }

    var corpora: [Corpus]

    static let shared = Result { try decoded(Captions.self, "captions") }
  }

  private static func decoded<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value
  {
    let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Golden")
    return try JSONDecoder().decode(
      type, from: Data(contentsOf: url ?? URL(fileURLWithPath: "Golden/\(name).json")))
  }

  /// The metrics by their names in the fixture.
  static let metrics: [(name: String, metric: any Metric)] = [
    ("bleu", BLEU()), ("bleu-lowercase", BLEU(lowercase: true)),
    ("bleu-none", BLEU(tokenizer: .none)),
    ("bleu-char", BLEU(tokenizer: .character)), ("bleu-intl", BLEU(tokenizer: .international)),
    ("bleu-effective", BLEU(effectiveOrder: true)), ("chrf", ChrF()),
    ("chrf-lowercase", ChrF(lowercase: true)), ("chrf-whitespace", ChrF(whitespace: true)),
    ("chrf++", ChrF(wordOrder: 2)), ("ter", TER()), ("ter-case", TER(caseSensitive: true)),
    ("wer", ErrorRate(.word)), ("cer", ErrorRate(.character)),
  ]
}
