/// A translation as it is being written, piece by piece.
///
///     for try await piece in translator.stream("good morning") {
///       print(piece.text, terminator: "")
///     }
///
/// The texts of all pieces, joined, are the text that `translate` gives, to the last byte. A piece comes as soon as a
/// token cannot change any more: at every step where tokens are drawn or the beam is 1; with a wider beam when all
/// hypotheses that may still win agree on it. The last piece carries the whole ``Translation``.
///
/// Nothing runs between two calls of `next()`: a stream that nobody reads any more has stopped, and needs no
/// cancelling. Within a call the work is done off the caller's actor, and cancelling the task ends it within one step
/// of the search by a `CancellationError`. Each iterator begins anew.
public struct TranslationStream: AsyncSequence, Sendable {
  /// What each iterator begins with.
  let makeWriter: @Sendable () -> TranslationWriter

  /// An iterator at the beginning.
  public func makeAsyncIterator() -> Iterator { Iterator(desk: Desk(makeWriter)) }

  /// Asks for one piece after the other.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let desk: Desk

    /// The next piece, or `nil` after the last one.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(CancellationError) -> TranslationPiece? {
      try await desk.next()
    }
  }

  /// Where a writer works: on no actor of the app.
  fileprivate actor Desk {
    private let makeWriter: @Sendable () -> TranslationWriter
    private var writer: TranslationWriter?
    private var isDone = false

    init(_ makeWriter: @escaping @Sendable () -> TranslationWriter) { self.makeWriter = makeWriter }

    func next() async throws(CancellationError) -> TranslationPiece? {
      while !isDone {
        guard !Task.isCancelled else {
          (writer, isDone) = (nil, true)
          throw CancellationError()
        }
        var current = writer ?? makeWriter()
        writer = nil
        let piece = current.advance()
        if current.isFinished { isDone = true } else { writer = current }
        if let piece { return piece }
        await Task.yield()
      }
      return nil
    }
  }
}
