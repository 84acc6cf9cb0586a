package import DragomanTensor

/// Makes a list of vectors of an image: one for each patch, and before them, if wanted, one for the image as a whole.
///
///     x_n = W (patch n, P × P pixels, line by line) + b + ρ_n        x_0 = class + ρ_0
///
/// Dosovitskiy et al. 2021, eq. 1 (arXiv:2010.11929). It is a convolution whose window moves by its own side: W is
/// `[D, P·P·C]`. Class row and positions, ρ `[n, D]`, are learnt.
package struct PatchEmbedding: Sendable {
  /// W and b.
  let patches: Convolution
  /// `[D]`.
  let classRow: Parameter?
  let positions: LearntPositions

  /// What the rows of images are made of.
  package struct Shape: Sendable, Hashable {
    /// Lines of an image, a multiple of P.
    package var height: Int
    /// Columns of an image, a multiple of P.
    package var width: Int
    /// C.
    package var channels: Int
    /// P.
    package var patch: Int
    /// Whether a row for the whole image comes first.
    package var hasClass: Bool

    /// Images of this size.
    package init(height: Int, width: Int, channels: Int, patch: Int, hasClass: Bool) {
      precondition(
        patch >= 1 && height >= 1 && width >= 1 && height % patch == 0 && width % patch == 0,
        "images of \(height) × \(width) in patches of \(patch)")
      (self.height, self.width, self.channels) = (height, width, channels)
      (self.patch, self.hasClass) = (patch, hasClass)
    }

    /// Rows of an image: its patches, and one for the class.
    package var rows: Int { height / patch * (width / patch) + (hasClass ? 1 : 0) }
  }

  /// Its sizes.
  package let shape: Shape

  /// Adds `name.patches.…`, `name.class` (normal, deviation 0.02) if there is one, and `name.positions` (likewise).
  package init(name: String, _ shape: Shape, width: Int, layout: inout ParameterLayout) {
    patches = Convolution(
      name: "\(name).patches",
      ConvolutionShape(
        from: shape.channels, to: width, kernel: shape.patch, stride: shape.patch, padding: 0),
      hasBias: true, layout: &layout)
    classRow =
      shape.hasClass
      ? layout.vector("\(name).class", size: width, .normal(deviation: 0.02)) : nil
    positions = LearntPositions(
      name: "\(name).positions", count: shape.rows, size: width, layout: &layout)
    self.shape = shape
  }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    let layer: PatchEmbedding
    let patches: Convolution.Trace
    let images: Int
  }

  /// Maps images `[B·H·W, C]` to rows `[B·n, D]`, image by image.
  package func forward(_ x: Grid, _ pass: Pass) -> (output: RaggedMatrix, trace: Trace) {
    precondition(
      x.shape.height == shape.height && x.shape.width == shape.width,
      "images of \(x.shape), expected \(shape.height) × \(shape.width)")
    let (workspace, kernels, images) = (pass.workspace, pass.kernels, x.shape.images)
    let (projected, trace) = patches.forward(x, pass)
    let rows = workspace.matrix(rows: images * shape.rows, columns: projected.channels)
    kernels.scatter(projected.matrix, to: patchRows(images), of: rows)
    workspace.scoped {
      if let classRow {
        let zeros = [Int32](repeating: 0, count: images)
        kernels.scatter(
          workspace.gathered(zeros, of: pass.weights[classRow]), to: classRows(images), of: rows)
      }
      pass.recorder?.add(.scaled, rows)
      let places = workspace.matrix(rows: rows.rows, columns: rows.columns)
      positions.forward(positionsOfRows(images), into: places, pass)
      kernels.add(places, to: rows)
      pass.recorder?.add(.positions, places)
      pass.recorder?.add(.placed, rows)
    }
    let offsets = (0...images).map { Int32($0 * shape.rows) }
    return (
      RaggedMatrix(rows, offsets: offsets), Trace(layer: self, patches: trace, images: images)
    )
  }

  func classRows(_ images: Int) -> [Int32] { (0..<images).map { Int32($0 * shape.rows) } }

  func positionsOfRows(_ images: Int) -> [Int32] {
    (0..<images).flatMap { _ in 0..<Int32(shape.rows) }
  }

  func patchRows(_ images: Int) -> [Int32] {
    let first = shape.hasClass ? 1 : 0
    return (0..<images).flatMap { image in
      (first..<shape.rows).map { Int32(image * shape.rows + $0) }
    }
  }
}

extension PatchEmbedding.Trace {
  /// Adds to the gradients of the parameters, and writes that of the pixels if anybody wants it, given that of the
  /// rows.
  ///
  /// ∂ρ_n and ∂class are sums over the images; ∂W and ∂b those of the convolution.
  package func backward(
    _ gradient: Matrix, inputGradient: Matrix? = nil, _ pass: Pass, gradients: Parameters
  ) {
    layer.positions.backward(
      gradient, layer.positionsOfRows(images), pass, gradients: gradients)
    pass.workspace.scoped {
      if let classRow = layer.classRow {
        pass.kernels.addColumnSums(
          of: pass.workspace.gathered(layer.classRows(images), of: gradient),
          to: gradients[classRow])
      }
      patches.backward(
        pass.workspace.gathered(layer.patchRows(images), of: gradient),
        inputGradient: inputGradient, pass, gradients: gradients)
    }
  }
}
