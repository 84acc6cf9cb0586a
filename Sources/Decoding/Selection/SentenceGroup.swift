/// The rows of one sentence in a step.
struct SentenceGroup {
  /// Which of the sources.
  let sentence: Int
  /// Its hypotheses.
  let rows: Range<Int>
  /// The most continuations that are wanted.
  let width: Int
}
