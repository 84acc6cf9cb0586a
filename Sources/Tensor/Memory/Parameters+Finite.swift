extension Parameters {
  /// The names of the tensors that hold an infinite number or none at all, in the order of the layout.
  package func namesOfNonFinite(_ kernels: Kernels) -> [String] {
    // A sum that is finite has finite parts; one that is not may only be large.
    if kernels.sumOfSquares(slab).isFinite { return [] }
    return layout.entries.filter { entry in
      self[entry.handle].elements.contains { !$0.isFinite }
    }.map(\.name)
  }
}
