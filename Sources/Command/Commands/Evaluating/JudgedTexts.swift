import DragomanEvaluation

/// What a system wrote, and what that is judged by.
struct JudgedTexts {
  /// What it wrote about each segment.
  let hypotheses: [String]
  /// The references of each segment, in the spelling of the system where that is known.
  let references: References
}
