/// The order in which sentences are put into batches.
extension [[Int32]] {
  /// The places of all sentences, the longest first; of equal ones in their order.
  var longestFirst: [Int] {
    indices.sorted { (self[$1].count, $0) < (self[$0].count, $1) }
  }
}
