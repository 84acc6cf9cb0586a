/// Translating without waiting: off the caller's actor, and until the task is cancelled.
///
/// A call works on a thread of Swift's cooperative pool and gives it back after every step: one token of each sentence of
/// a batch, or the encoding of a batch. The longest stretch is therefore that of a step, which `decoding.batch`, the beam
/// and the length of the sources decide. A step waits for the threads of ``Kernels``, which are none of that pool, so that
/// it always ends. A cancelled task gets a `CancellationError` after the step under way.
extension Translator {
  /// Translates one line.
  @concurrent
  public func translate(
    _ line: String, withAttention: Bool = false, withProbabilities: Bool = true
  ) async throws(CancellationError) -> Translation {
    try await translate(
      [line], withAttention: withAttention, withProbabilities: withProbabilities)[0]
  }

  /// Translates lines, in their order; a line without words gives an empty translation.
  @concurrent
  public func translate(
    _ lines: [String], withAttention: Bool = false, withProbabilities: Bool = true
  ) async throws(CancellationError) -> [Translation] {
    try await alternatives(
      lines, count: 1, withAttention: withAttention, withProbabilities: withProbabilities
    ).map { $0[0] }
  }

  /// The best `count` translations of each line, the best first.
  @concurrent
  public func alternatives(
    _ lines: [String], count: Int, prefix: String = "", withAttention: Bool = false,
    withProbabilities: Bool = true
  ) async throws(CancellationError) -> [[Translation]] {
    var job = TranslationJob(
      self, lines, count: count, prefix: prefix, withAttention: withAttention,
      withProbabilities: withProbabilities)
    repeat {
      guard !Task.isCancelled else { throw CancellationError() }
      await Task.yield()
    } while job.advance()
    return job.result
  }

  /// The translation of one line as it is being written.
  ///
  /// With a prefix, it begins with the prefix's tokens.
  public func stream(
    _ line: String, prefix: String = "", withAttention: Bool = false, withProbabilities: Bool = true
  ) -> TranslationStream {
    TranslationStream {
      TranslationWriter(
        self, line, prefix: prefix, withAttention: withAttention,
        withProbabilities: withProbabilities)
    }
  }
}
