extension Matrix {
  /// Gives the memory of the matrix, whose rows have to follow each other, to what carries it elsewhere or fills it.
  package func withBytes<Result>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    precondition(isContiguous, "the bytes of \(shape) with stride \(stride)")
    return try unsafe body(
      UnsafeMutableRawBufferPointer(
        start: pointer, count: count * MemoryLayout<Float>.stride))
  }
}
