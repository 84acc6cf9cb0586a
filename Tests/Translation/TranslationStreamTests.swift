import DragomanDecoding
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

@Suite struct `A stream` {
  static let lines = ["the cat sat on the mat .", "a b c", "", "mat 猫 é", "   "]

  static func translator(
    _ tokenizer: TokenizerKind = .word, threads: Int = 1,
    _ change: (inout DecodingConfiguration) -> Void = { _ in }
  ) -> Translator {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 30
    change(&decoding)
    let file = SmallModel.file(
      text: ["a b c d e f g h", "the cat sat on the mat .", "l'été, €5 « né » 猫が好き don't"],
      vocabularySize: 400, tokenizer: tokenizer)
    return Translator(file.trained, decoding: decoding, kernels: Kernels(threads: threads))
  }

  static let searches: [@Sendable (inout DecodingConfiguration) -> Void] = [
    { $0.beam = 1 },
    { $0.beam = 4 },
    {
      $0.search = .sampling
      $0.temperature = 2
    },
    {
      $0.beam = 3
      $0.coveragePenalty = 0.3
      $0.replaceUnknown = true
      $0.noRepeat = 2
    },
  ]

  /// What is translated at once: in asynchronous code the same name would be the asynchronous call.
  static func whole(
    _ translator: Translator, _ line: String, _ options: TranslationOptions
  ) -> Translation {
    translator.translate(line, options)
  }

  @Test(arguments: TokenizerKind.allCases, searches.indices)
  func `is the translation in pieces`(_ tokenizer: TokenizerKind, _ search: Int) async throws {
    for seed in 1...4 {
      let translator = Self.translator(tokenizer) {
        Self.searches[search](&$0)
        $0.seed = seed
      }
      for line in Self.lines {
        let options = TranslationOptions(withAttention: true)
        let expected = Self.whole(translator, line, options)
        var pieces: [TranslationPiece] = []
        for try await piece in translator.stream(line, options) { pieces.append(piece) }
        #expect(
          Array(pieces.map(\.text).joined().unicodeScalars) == Array(expected.text.unicodeScalars))
        #expect(pieces.flatMap(\.tokens) == expected.targetTokens)
        #expect(pieces.last?.translation == expected)
        #expect(pieces.dropLast().allSatisfy { $0.translation == nil && !$0.tokens.isEmpty })
      }
    }
  }

  @Test func `has a piece for each step of greedy search and of drawing`() async throws {
    for search in [0, 2] {
      let translator = Self.translator(.bpe, Self.searches[search])
      var counts: [Int] = []
      for try await piece in translator.stream("a b c") { counts.append(piece.tokens.count) }
      #expect(counts == Array(repeating: 1, count: counts.count) && counts.count > 1)
    }
  }

  @Test func `has pieces before the end with a beam`() async throws {
    let translator = Self.translator { $0.beam = 3 }
    var (early, whole) = (0, 0)
    for line in ["a b c d", "the cat sat on the mat .", "h g f e d c b a"] {
      for try await piece in translator.stream(line) {
        whole += piece.tokens.count
        if piece.translation == nil { early += piece.tokens.count }
      }
    }
    #expect(early > 0 && early < whole)
  }

  @Test func `begins with a prefix, and is the same without probabilities`() async throws {
    let translator = Self.translator()
    let expected = Self.whole(translator, "a b c", .textOnly)
    var found: Translation?
    for try await piece in translator.stream("a b c", .textOnly) {
      found = piece.translation
    }
    #expect(found == expected && expected.logProbabilities.isEmpty)
    var text = ""
    let options = TranslationOptions(prefix: "cat sat")
    for try await piece in translator.stream("a b c", options) { text += piece.text }
    #expect(text.hasPrefix("cat sat") && text == Self.whole(translator, "a b c", options).text)
  }

  @Test func `can be read again, and gives nothing after its end`() async throws {
    let stream = Self.translator().stream("the cat")
    let first = try await stream.reduce(into: "") { $0 += $1.text }
    let second = try await stream.reduce(into: "") { $0 += $1.text }
    #expect(first == second)
    var iterator = stream.makeAsyncIterator()
    while let piece = try await iterator.next() { _ = piece }
    #expect(try await iterator.next() == nil)
  }

  /// Two iterators of an endless translation: nothing but their reader keeps them going.
  @Test func `stops when nobody reads on`() async throws {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 1_000_000_000
    let translator = Translator(
      SmallModel.endless().trained, decoding: decoding, kernels: Kernels(threads: 2))
    for _ in 0..<2 {
      var count = 0
      for try await piece in translator.stream("the cat") {
        #expect(piece.translation == nil)
        count += 1
        if count == 20 { break }
      }
      #expect(count == 20)
    }
  }

  @Test func `ends by an error when the task is cancelled`() async throws {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 1_000_000_000
    let translator = Translator(
      SmallModel.endless().trained, decoding: decoding, kernels: Kernels(threads: 1))
    let task = Task {
      var count = 0
      do {
        for try await _ in translator.stream("the cat") {
          count += 1
          if count == 5 { withUnsafeCurrentTask { $0?.cancel() } }
        }
        return (count, false)
      } catch is CancellationError {
        return (count, true)
      }
    }
    let (count, wasCancelled) = try await task.value
    // Not one piece comes after the one during which the task was cancelled.
    #expect(count == 5 && wasCancelled)
  }
}
