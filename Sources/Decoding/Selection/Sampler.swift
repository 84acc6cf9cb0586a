import DragomanTensor

/// Draws a token for each hypothesis, by probabilities that a temperature has sharpened or flattened.
///
///     q = softmax(log p / temperature)
///
/// over the `topK` most probable tokens (Fan et al. 2018, section 5.1; arXiv:1805.04833), of which only the fewest are
/// kept whose probabilities add up to `topP` (Holtzman et al. 2020, section 3.1; arXiv:1904.09751).
struct Sampler: ContinuationSelection {
  /// A temperature sharpens log-probabilities.
  let needsProbabilities = true
  /// What draws other tokens with another value.
  private let seed: UInt64
  /// What log-probabilities are divided by.
  private let temperature: Double
  /// Among how many tokens one is drawn; 0 for all.
  private let topK: Int
  /// Up to which sum of probabilities; `nil` for all.
  private let topP: Double?

  /// What draws as the configuration says.
  init(_ decoding: DecodingConfiguration) {
    seed = UInt64(truncatingIfNeeded: decoding.seed)
    temperature = decoding.temperature
    topK = decoding.topK
    topP = decoding.topP
  }

  /// The random numbers of one hypothesis: they depend on the seed, the key of the source and
  /// the number of the sample alone.
  func stream(source: String, sample: Int) -> UInt64 {
    var random = Random(seed: seed, name: "sample \(sample): \(source)")
    return random.next()
  }

  /// A token for each row, drawn by its own random number; none where no token has a probability.
  func select(
    _ live: [LiveHypothesis], groups: [SentenceGroup], scores: StepScores, _ workspace: Workspace
  ) -> [[Continuation]] {
    let kernels = workspace.kernels
    let shares = workspace.matrix(rows: scores.matrix.rows, columns: scores.matrix.columns)
    kernels.copy(scores.matrix, to: shares)
    kernels.scale(shares, by: Float(1 / temperature))
    kernels.logSoftmax(shares)
    kernels.exp(shares)
    // A nucleus is mostly small; where it is not, the row is sorted.
    let count = min(topK > 0 ? topK : 64, shares.columns)
    let top =
      topK > 0 || topP != nil
      ? kernels.top(count, of: shares, logProbabilities: false).columns : []
    return groups.map { group in
      group.rows.compactMap { row in
        var random = Random(seed: seed, stream: live[row].stream &+ UInt64(live[row].length))
        let part = random.uniform()
        let token: Int?
        if topK == 0, topP == nil {
          token = Self.draw(part, 0..<shares.columns) { shares[row, $0] }
        } else {
          let columns = top[(row * count)..<((row + 1) * count)].filter { $0 >= 0 }.map { Int($0) }
          token = Self.draw(part, nucleus(columns, shares, row)) { shares[row, $0] }
        }
        return token.map {
          Continuation(row: row, token: Int32($0), logProbability: scores.matrix[row, $0])
        }
      }
    }
  }

  /// The first of the columns, which fall, whose shares add up to `topP` of all that may be drawn.
  private func nucleus(_ columns: [Int], _ shares: Matrix, _ row: Int) -> [Int] {
    guard let topP else { return columns }
    func prefix(_ columns: [Int], of total: Double) -> [Int]? {
      var sum = 0.0
      for (place, column) in columns.enumerated() {
        sum += Double(shares[row, column])
        if sum >= topP * total { return Array(columns[...place]) }
      }
      return nil
    }
    if topK > 0 {
      let total = columns.reduce(0.0) { $0 + Double(shares[row, $1]) }
      return prefix(columns, of: total) ?? columns
    }
    let elements = shares.rows(row..<row + 1).elements
    let total = elements.reduce(0.0) { $0 + Double($1) }
    if let found = prefix(columns, of: total) { return found }
    let sorted = elements.indices.sorted { (elements[$1], $0) < (elements[$0], $1) }
    return prefix(sorted, of: total) ?? sorted
  }

  /// The choice at which the shares so far exceed a part of them all; `nil` if nothing has a share.
  private static func draw(
    _ part: Double, _ choices: some Collection<Int>, share: (Int) -> Float
  ) -> Int? {
    let total = choices.reduce(0.0) { $0 + Double(share($1)) }
    guard total > 0 else { return nil }
    var sum = 0.0
    var last: Int?
    for choice in choices where share(choice) > 0 {
      sum += Double(share(choice))
      last = choice
      if sum > part * total { return choice }
    }
    return last
  }
}
