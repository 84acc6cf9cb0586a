internal import CDragomanKernels

// Each element of a product is one chain of fused multiply-adds in increasing k, which starts from 0, from
// the bias, from what `c` holds (`adding`), or from the sum of the last two.
extension Kernels {
  /// `c = a·b`, or `c += a·b`: `[m, k]` by `[k, n]`.
  package func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
    check(a.columns, b.rows, a.rows, b.columns, c) { "\(a.shape) · \(b.shape)" }
    unsafe dragoman_multiply(engine, a.view, false, b.view, false, nil, c.view, adding)
  }

  /// `c = a·bᵀ + bias`, or `c += a·bᵀ + bias`: `[m, k]` by `[n, k]`, a bias of `[1, n]`.
  ///
  /// With weights `[out, in]` this is a linear layer.
  package func multiply(
    _ a: Matrix, transposed b: Matrix, bias: Matrix? = nil, into c: Matrix, adding: Bool = false
  ) {
    check(a.columns, b.columns, a.rows, b.rows, c) { "\(a.shape) · (\(b.shape))ᵀ" }
    if let bias { requireShape(bias, 1, c.columns, "the bias of a product of \(c.shape)") }
    unsafe dragoman_multiply(
      engine, a.view, false, b.view, true, bias?.pointer, c.view, adding)
  }

  /// `c = aᵀ·b`, or `c += aᵀ·b`: `[k, m]` by `[k, n]`.
  ///
  /// With a layer's output gradient and its input this is the gradient of its weights.
  package func multiply(
    transposed a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false
  ) {
    check(a.rows, b.rows, a.columns, b.columns, c) { "(\(a.shape))ᵀ · \(b.shape)" }
    unsafe dragoman_multiply(engine, a.view, true, b.view, false, nil, c.view, adding)
  }

  /// `c = a·b + bias`, or `c += a·b + bias`, with `b` packed before.
  package func multiply(
    _ a: Matrix, _ b: PackedMatrix, bias: Matrix? = nil, into c: Matrix, adding: Bool = false
  ) {
    precondition(
      b.instructions == instructions,
      "packed for \(b.instructions.rawValue), used with \(instructions.rawValue)")
    check(a.columns, b.rows, a.rows, b.columns, c) {
      "\(a.shape) · packed \(b.rows) × \(b.columns)"
    }
    if let bias { requireShape(bias, 1, c.columns, "the bias of a product of \(c.shape)") }
    if let codes = b.codes, a.rows <= PackedMatrix.codedRows {
      unsafe dragoman_multiply_codes(
        engine, a.view,
        UnsafeRawPointer(codes.bytes.pointer).assumingMemoryBound(to: Int8.self),
        codes.scales.pointer, bias?.pointer, c.view, adding)
      return
    }
    unsafe dragoman_multiply_packed(
      engine, a.view, b.panels.pointer, bias?.pointer, c.view, adding)
  }

  private func check(
    _ inner: Int, _ other: Int, _ rows: Int, _ columns: Int, _ c: Matrix, _ product: () -> String
  ) {
    precondition(
      inner == other && c.rows == rows && c.columns == columns,
      "\(product()) does not give \(c.shape)")
  }
}
