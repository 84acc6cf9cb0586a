/// Says where the time of training steps goes: seconds by part of the model.
///
/// Parts may stand within parts: time counts for the innermost. One thread uses a stopwatch at a time, the one that
/// calls the kernels.
package final class Stopwatch {
  /// What a training step consists of.
  package enum Part: String, Sendable, CaseIterable {
    /// Making a batch of encoded sentences.
    case data
    /// Looking up rows of both tables.
    case embedding
    /// The recurrent layers that read.
    case encoder
    /// Scores, softmax and contexts, with the projections of queries and keys.
    case attention
    /// The recurrent layers that write.
    case decoder
    /// Projection to the vocabulary, softmax and loss.
    case output
    /// The backward pass through the projection.
    case outputBackward
    /// The backward pass through attention.
    case attentionBackward
    /// The backward pass through the recurrent layers that write.
    case decoderBackward
    /// The backward pass through the recurrent layers that read.
    case encoderBackward
    /// Adding to the rows of both tables.
    case embeddingBackward
    /// Norm, clipping and update, and setting gradients to 0.
    case optimizer
  }

  private let clock = ContinuousClock()
  private var times: [Part: Duration] = [:]
  private var current: Part?
  private var mark: ContinuousClock.Instant

  /// A stopwatch that has measured nothing yet.
  package init() {
    mark = clock.now
  }

  /// Runs `body` and counts its time for `part`.
  package func measure<Result>(_ part: Part, _ body: () throws -> Result) rethrows -> Result {
    let outer = current
    switchTo(part)
    defer { switchTo(outer) }
    return try body()
  }

  /// Forgets what was measured.
  package func reset() {
    times = [:]
  }

  /// Seconds of a part since the last reset.
  package func seconds(_ part: Part) -> Double {
    guard let time = times[part] else { return 0 }
    let (seconds, attoseconds) = time.components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }

  private func switchTo(_ part: Part?) {
    let now = clock.now
    if let current { times[current, default: .zero] += now - mark }
    (current, mark) = (part, now)
  }
}
