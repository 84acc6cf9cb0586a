package import DragomanTensor

/// Recurrent layers one above the other, with dropout between them and, where asked for, residual connections.
///
///     h⁽⁰⁾ = x        h⁽ˡ⁾ = layerₗ(dropout(h⁽ˡ⁻¹⁾))        (+ h⁽ˡ⁻¹⁾ for l > 1 if residual)
///
/// Wu et al. 2016, section 3.1 (arXiv:1609.08144), on residual connections. Encoders and decoders use one stack in four
/// ways:
///
/// - over whole sentences: ``forward(_:order:initial:output:_:)`` and ``backward(_:finals:_:_:gradients:)``;
/// - step by step, where a step reads what the one before led to: ``RecurrentSteps``;
/// - one step of decoding, with nothing kept: ``PackedRecurrentStack``.
package struct RecurrentStack: Sendable {
  /// From the bottom to the top.
  package let layers: [SequenceLayer]
  /// One in what each layer but the lowest reads.
  let dropouts: [Dropout]
  /// The way past each layer but the lowest, if there is one; none with a single layer.
  let residual: ResidualConnection?

  /// What a stack is like.
  package struct Shape: Sendable {
    /// The cell of all layers.
    package var cell: CellKind
    /// Numbers that the lowest layer reads per token.
    package var inputs: Int
    /// H of one direction of one layer.
    package var hidden: Int
    /// How many layers.
    package var layers: Int
    /// Whether each layer reads in both directions; `nil` for a stack whose layers have none to name.
    package var isBidirectional: Bool?
    /// Whether a layer above another adds its input to its output.
    package var isResidual: Bool
    /// Whether the products of a cell are normalised in each gate.
    package var isNormalized: Bool
    /// The chance that a number between layers is dropped.
    package var layerDropout: Double
    /// The chance that a number of a recurrent state is dropped.
    package var stateDropout: Double
    /// Whether the steps of a sentence share their masks.
    package var isVariational: Bool

    /// A shape.
    package init(
      cell: CellKind, inputs: Int, hidden: Int, layers: Int, isBidirectional: Bool?,
      isResidual: Bool, isNormalized: Bool, layerDropout: Double, stateDropout: Double,
      isVariational: Bool
    ) {
      (self.cell, self.inputs, self.hidden, self.layers) = (cell, inputs, hidden, layers)
      (self.isBidirectional, self.isResidual) = (isBidirectional, isResidual)
      self.isNormalized = isNormalized
      (self.layerDropout, self.stateDropout) = (layerDropout, stateDropout)
      self.isVariational = isVariational
    }
  }

  /// Adds the parameters `name.0.…`, `name.1.…` … to the layout; with a direction `name.0.forward.…` and, where layers
  /// are bidirectional, `name.0.backward.…`.
  package init(name: String, _ shape: Shape, layout: inout ParameterLayout) {
    let directions: [Direction] =
      shape.isBidirectional == true ? Direction.allCases : [.forward]
    var layers: [SequenceLayer] = []
    for index in 0..<shape.layers {
      var recurrences: [Recurrence] = []
      for direction in directions {
        let path =
          shape.isBidirectional == nil
          ? "\(name).\(index)" : "\(name).\(index).\(direction.rawValue)"
        let layer = RecurrentLayer(
          name: path, cell: shape.cell, inputs: layers.last?.width ?? shape.inputs,
          hidden: shape.hidden,
          stateDropout: shape.stateDropout == 0
            ? nil
            : Dropout(
              probability: shape.stateDropout, path: "\(path).recurrentWeight",
              isVariational: shape.isVariational),
          isNormalized: shape.isNormalized, layout: &layout)
        recurrences.append(Recurrence(layer: layer, direction: direction))
      }
      layers.append(SequenceLayer(recurrences))
    }
    self.layers = layers
    dropouts = layers.indices.dropFirst().map {
      Dropout(
        probability: shape.layerDropout, path: "\(name).\($0).input",
        isVariational: shape.isVariational)
    }
    residual = shape.isResidual && layers.count > 1 ? ResidualConnection() : nil
  }

  /// Numbers per token that come out of the top layer.
  package var width: Int { layers[layers.count - 1].width }
  /// Whether states have a cell vector.
  package var hasCell: Bool { layers[0].hasCell }

  /// Multiply-adds of the products for one token.
  package var multiplications: Int {
    layers.flatMap(\.recurrences).map(\.layer).reduce(0) {
      $0 + $1.gates * $1.hidden * ($1.inputs + ($1.recurrent == nil ? 0 : $1.hidden))
    }
  }
}

// MARK: - Whole sentences

extension RecurrentStack {
  /// What the backward pass needs.
  package struct Trace {
    /// The order of the batch.
    package let order: PackedOrder
    /// For each layer, for each direction.
    package let recurrences: [[Recurrence.Trace]]

    /// The state of each sentence after its last token: for each layer, for each direction, in the order of the batch.
    ///
    /// A residual connection adds nothing to it.
    package func finalStates(_ workspace: Workspace) -> [[CellState]] {
      recurrences.map { $0.map { $0.layer.finalState(workspace) } }
    }
  }

  /// Runs over whole sentences, whose rows stand one sentence after the other: maps `[N, in]` to `[N, D]`.
  ///
  /// - Parameters:
  ///   - input: x, `[N, in]`.
  ///   - order: the order of the batch.
  ///   - initial: for each layer, for each direction the first state, `[B, H]`, in the order of the batch; zero by
  ///   default.
  ///   - output: where the result goes; memory of its own by default.
  ///   - pass: the pass.
  package func forward(
    _ input: Matrix, order: PackedOrder, initial: [[CellState]]? = nil, output: Matrix? = nil,
    _ pass: Pass
  ) -> (output: Matrix, trace: Trace) {
    var x = input
    var recurrences: [[Recurrence.Trace]] = []
    for (index, layer) in layers.enumerated() {
      let below = x
      if index > 0 {
        let dropout = dropouts[index - 1]
        // The layer below keeps its undropped states packed, so its output can be changed in place, but for one
        // that is added later.
        if residual != nil, dropout.isActive(in: pass) {
          x = pass.workspace.matrix(rows: below.rows, columns: below.columns)
          pass.kernels.copy(below, to: x)
        }
        dropout.apply(to: x, sentences: order.rowSentences[...], pass)
      }
      let isTop = index == layers.count - 1
      let (result, traces) = layer.forward(
        x, order: order, initial: initial?[index], output: isTop ? output : nil, pass)
      recurrences.append(traces)
      if index > 0 { residual?.add(below, to: result, pass) }
      x = result
    }
    return (x, Trace(order: order, recurrences: recurrences))
  }

  /// Adds to the gradients of all weights and returns those of the input, `[N, in]`, and of the first
  /// states, `[B, H]`.
  ///
  /// Backward through h⁽ˡ⁾ = layerₗ(dropout(h⁽ˡ⁻¹⁾)) + h⁽ˡ⁻¹⁾: ∂h⁽ˡ⁻¹⁾ = dropout(∂layerₗ(∂h⁽ˡ⁾)) + ∂h⁽ˡ⁾.
  ///
  /// - Parameters:
  ///   - outputGradient: ∂L/∂(output), `[N, D]`.
  ///   - finals: for each layer, for each direction, the gradient of the final state, `[B, H]`, if it was used.
  ///   - trace: what ``forward(_:order:initial:output:_:)`` returned.
  ///   - pass: the pass of the forward pass.
  ///   - gradients: added to.
  package func backward(
    _ outputGradient: Matrix, finals: [[CellState?]]? = nil, _ trace: Trace, _ pass: Pass,
    gradients: Parameters
  ) -> (input: Matrix, initial: [[CellState]]) {
    var gradient = outputGradient
    var initial: [[CellState]] = []
    for index in layers.indices.reversed() {
      let above = gradient
      let below = layers[index].backward(
        above, finals: finals?[index], trace.recurrences[index], pass, gradients: gradients)
      gradient = below.input
      initial.append(below.initial)
      if index > 0 {
        dropouts[index - 1].apply(
          to: gradient, sentences: trace.order.rowSentences[...], pass)
        residual?.addBack(above, to: gradient, pass)
      }
    }
    return (gradient, initial.reversed())
  }
}
