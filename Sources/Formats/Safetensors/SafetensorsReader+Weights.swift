import DragomanSystem

extension SafetensorsReader {
  /// The tensor that holds the scales of the rows of one of whole numbers, if the file has both.
  package func scales(of tensor: Tensor) -> Tensor? {
    guard tensor.type == .i8, let rows = tensor.shape.first, tensor.shape.count > 1,
      let scales = self.tensor(named: QuantizedRows.scaleName(of: tensor.name)),
      scales.type == .f32, scales.shape == [rows]
    else { return nil }
    return scales
  }

  /// The name of the matrix whose scales a tensor holds.
  package func matrix(scaledBy tensor: Tensor) -> String? {
    guard tensor.name.hasSuffix(QuantizedRows.scaleName(of: "")) else { return nil }
    let name = String(tensor.name.dropLast(QuantizedRows.scaleName(of: "").count))
    guard let matrix = self.tensor(named: name) else { return nil }
    return scales(of: matrix) == tensor ? name : nil
  }

  /// Passes the weights that a tensor stands for on in parts, each with the index of its first.
  ///
  /// What is stored in fewer bits becomes the float that it stands for: halves as they are, whole numbers times the
  /// scale of their row.
  ///
  /// - Precondition: the tensor is of a type of ``WeightPrecision``, and one of whole numbers has its ``scales(of:)``.
  package func readWeights(_ tensor: Tensor, _ body: (Int, [Float]) throws -> Void) throws {
    var index = 0
    switch tensor.type {
    case .f32: try readFloats(tensor, body)
    case .i8:
      guard let scales = scales(of: tensor) else {
        preconditionFailure("'\(tensor.name)' has no scales")
      }
      var rows: [Float] = []
      try readFloats(scales) { rows += $1 }
      let columns = tensor.shape.dropFirst().reduce(1, *)
      try read(tensor) { bytes in
        try body(
          index, QuantizedRows.floats(bytes, from: index, scales: rows, columns: columns))
        index += bytes.count
      }
    default:
      precondition(
        [.f16, .bf16].contains(tensor.type), "'\(tensor.name)' is of \(tensor.type.rawValue)")
      try read(tensor) { bytes in
        let floats = tensor.type.floats(bytes)
        try body(index, floats)
        index += floats.count
      }
    }
  }
}
