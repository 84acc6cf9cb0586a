/// A hypothesis that is being written: a row of the batch.
struct LiveHypothesis {
  /// Which of the sources.
  let sentence: Int
  /// Its last token in the ``Trellis``.
  var node = Trellis.root
  /// The id of its last token.
  var token: Int32
  /// Tokens so far.
  var length = 0
  /// log p so far, in nats.
  var logProbability = 0.0
  /// The number of its first random number, where tokens are drawn; that of the next token follows.
  var stream: UInt64 = 0
}
