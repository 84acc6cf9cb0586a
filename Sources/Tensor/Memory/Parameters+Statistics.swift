extension Parameters {
  /// The numbers of all running statistics, in the order of the layout; may be set to what they were.
  package var statistics: [[Float]] {
    get { layout.entries.filter(\.isStatistic).map { self[$0.handle].elements } }
    set {
      for (entry, values) in zip(layout.entries.filter(\.isStatistic), newValue) {
        self[entry.handle].write(values, at: 0)
      }
    }
  }

  /// Takes over what training passes saw, before an optimizer sees the gradients.
  ///
  ///     s += momentum · (seen / passes − s)
  ///
  /// A pass reads weights and writes gradients only, so it adds what it saw, such as the mean of its batch, in the
  /// place of the statistic in the gradients: there it is summed over passes, pieces and machines as gradients are.
  /// Here it becomes part of the statistic, and 0 is left in its place, which counts nothing in a norm and moves
  /// nothing.
  package func follow(statisticsIn gradients: Parameters, passes: Int, _ kernels: Kernels) {
    precondition(gradients.layout == layout, "gradients of another layout")
    precondition(passes >= 1, "statistics of \(passes) passes")
    for entry in layout.entries {
      guard let momentum = entry.momentum else { continue }
      let seen = gradients[entry.handle]
      if passes > 1 { kernels.scale(seen, by: 1 / Float(passes)) }
      kernels.approach(self[entry.handle], seen, share: momentum)
      kernels.fill(seen, with: 0)
    }
  }
}
