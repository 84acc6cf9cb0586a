package import DragomanEvaluation
package import DragomanTensor

extension Random {
  /// What draws segments: the same ones for every metric, in every command and every run.
  package static var bootstrap: Random { Random(seed: 1, name: "bootstrap") }
}

extension BootstrapInterval {
  /// The interval of a metric's figure over less than ``enough`` segments; `nil` over more, and over a single one.
  package init?(ofFew statistics: [[Double]], metric: some Metric) {
    guard statistics.count < Self.enough else { return nil }
    self.init(of: statistics, metric: metric)
  }

  /// The interval of a metric's figure over any number of segments; `nil` over a single one.
  package init?(of statistics: [[Double]], metric: some Metric) {
    var random = Random.bootstrap
    self.init(statistics, metric: metric, using: &random)
  }
}
