/// Translating without waiting: off the caller's actor, and until the task is cancelled.
///
/// A call works on a thread of Swift's cooperative pool and gives it back after every step: one token of each sentence
/// of a batch, or the encoding of a batch. The longest stretch is therefore that of a step, which `decoding.batch`, the
/// beam and the length of the sources decide. A step waits for the threads of ``Kernels``, which are none of that pool,
/// so that it always ends. A cancelled task gets a `CancellationError` after the step under way.
extension Translator {
  /// Translates one line.
  @concurrent
  public func translate(
    _ line: String, _ options: TranslationOptions = TranslationOptions()
  ) async throws(CancellationError) -> Translation {
    try await translate([line], options)[0]
  }

  /// Translates lines, in their order; a line without words gives an empty translation.
  @concurrent
  public func translate(
    _ lines: [String], _ options: TranslationOptions = TranslationOptions()
  ) async throws(CancellationError) -> [Translation] {
    try await alternatives(lines, count: 1, options).map { $0[0] }
  }

  /// The best `count` translations of each line, the best first, or as many that are drawn; fewer if the beam is
  /// narrower or a line has no words.
  ///
  /// `count` is at least 1; less is a mistake of the caller's, which ends the program.
  @concurrent
  public func alternatives(
    _ lines: [String], count: Int, _ options: TranslationOptions = TranslationOptions()
  ) async throws(CancellationError) -> [[Translation]] {
    try await job(lines, count: count, options).finished().map(\.translations)
  }

  /// The same translations, and what the search did to find them.
  ///
  /// The trace has probabilities, whatever the options say of the translations.
  @concurrent
  public func traced(
    _ lines: [String], count: Int, _ options: TranslationOptions = TranslationOptions()
  ) async throws(CancellationError) -> [TracedTranslation] {
    try await job(lines, count: count, options, isTraced: true).finished()
  }

  /// The translation of one line as it is being written.
  public func stream(
    _ line: String, _ options: TranslationOptions = TranslationOptions()
  ) -> TranslationStream {
    TranslationStream { writer(line, options) }
  }
}
