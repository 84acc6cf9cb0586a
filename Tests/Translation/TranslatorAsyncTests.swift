import DragomanDecoding
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanTranslation

@Suite struct `A translator in asynchronous code` {
  static let lines = `A translator`.lines

  static func endless(threads: Int = 1) -> Translator {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 1_000_000_000
    return Translator(
      SmallModel.endless().trained, decoding: decoding, kernels: Kernels(threads: threads))
  }

  /// In asynchronous code the same name would be the asynchronous call.
  static func tracedNow(
    _ translator: Translator, _ options: TranslationOptions
  ) -> [TracedTranslation] {
    translator.traced(lines, count: 3, options)
  }

  @Test func `gives what it gives elsewhere`() async throws {
    var translator = `A translator`.translator(batch: 3)
    let expected = `A translator`.translateNow(translator)
    #expect(try await translator.translate(Self.lines) == expected)
    #expect(try await translator.translate(Self.lines[0]) == expected[0])
    #expect(try await translator.translate([String]()).isEmpty)
    translator.decoding.beam = 4
    let options = TranslationOptions(prefix: "cat", withAttention: true)
    let best = try await translator.alternatives(Self.lines, count: 3, options)
    #expect(best.map(\.count) == [3, 1, 3, 3, 1, 3, 3, 3])
    #expect(best == Self.tracedNow(translator, options).map(\.translations))
    let traced = try await translator.traced(Self.lines, count: 3, options)
    #expect(traced == Self.tracedNow(translator, options))
  }

  @Test func `gives the same to many tasks at once`() async throws {
    let translator = `A translator`.translator(threads: 2, batch: 2)
    let expected = `A translator`.translateNow(translator)
    try await withThrowingTaskGroup(of: [Translation].self) { group in
      for number in 0..<64 {
        group.addTask {
          guard number % 2 == 0 else { return try await translator.translate(Self.lines) }
          var result: [Translation] = []
          for line in Self.lines {
            for try await piece in translator.stream(line) {
              if let translation = piece.translation { result.append(translation) }
            }
          }
          return result
        }
      }
      for try await found in group { #expect(found == expected) }
    }
  }

  /// The translation would never end, so it is the cancellation that ends this test.
  @Test func `stops when its task is cancelled`() async throws {
    let translator = Self.endless()
    let task = Task { try await translator.translate("the cat sat") }
    try await Task.sleep(for: .milliseconds(20))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `does not begin for a task that is cancelled already`() async throws {
    let translator = Self.endless()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await translator.translate("the cat sat")
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  /// More endless translations than there are threads: what yields leaves room for others.
  @Test func `leaves room for other tasks`() async throws {
    let endless = Self.endless()
    let tasks = (0..<4 * Kernels.cores).map { _ in Task { try await endless.translate("a b c") } }
    let short = `A translator`.translator()
    #expect(try await short.translate("mat") == `A translator`.translateNow(short)[5])
    for task in tasks { task.cancel() }
    for task in tasks {
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @MainActor @Test func `leaves the caller's actor free`() async throws {
    let endless = Self.endless()
    let task = Task { @MainActor in try await endless.translate("a b c") }
    // Each turn of this loop needs the main actor.
    for _ in 0..<100 { await Task.yield() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
