extension Matrix {
  /// Writes numbers, row after row, from element `start` on; the matrix has to be contiguous.
  package func write(_ numbers: [Float], at start: Int) {
    precondition(
      isContiguous && start >= 0 && start + numbers.count <= count,
      "\(numbers.count) numbers at \(start) of \(rows) × \(columns)")
    for (index, number) in numbers.enumerated() {
      unsafe storage.base[offset + start + index] = number
    }
  }
}

extension Parameters {
  /// Takes over the numbers of another slab of the same layout.
  package func assign(_ other: Parameters) {
    precondition(layout == other.layout, "slabs of different layouts")
    unsafe slab.pointer.update(from: other.slab.pointer, count: layout.count)
  }
}
