package import DragomanTensor

/// One recurrent layer: the weights of a cell and the products that lead to it, step by step.
///
/// With N tokens in ``PackedOrder``, `a = x W_ihᵀ + b_ih` is one product over all steps; within the loop
/// stands one product per step, `u = h W_hhᵀ + b_hh`, and the cell. In the backward pass the loop carries only
/// ∂h; the gradients of the weights are one product each over all steps, after it.
///
/// ``Recurrence`` runs a layer over whole sentences; a decoder that feeds its context back runs the same
/// steps itself, since its input at step t exists only after step t − 1.
package struct RecurrentLayer: Sendable {
  let cell: any RecurrentCell
  /// `[G·H, in]`, gate after gate.
  package let inputWeight: Parameter
  /// `[G·H]`, or as many as ``biasColumns`` are.
  let inputBias: Parameter
  /// W_hh, `[G·H, H]`, and b_hh, `[G·H]`, of a cell that has a recurrent product.
  let recurrent: (weight: Parameter, bias: Parameter)?
  /// In h_{t−1}, where it enters its product.
  let stateDropout: Dropout?
  /// The gains of the products, `[G·H]`, where they are normalised.
  let gains: (input: Parameter, recurrent: Parameter?)?

  /// Adds four tensors to the layout: Glorot uniform, orthogonal per gate, and biases of zero but for a
  /// forget gate's, which is 1 in the input bias; two where there is no recurrent product.
  ///
  /// A `stateDropout` makes the recurrent product (ξ ⊙ h) W_hhᵀ + b_hh; it has to be variational to be what Gal and
  /// Ghahramani 2016 mean. The cell's own path from h to h′, such as z ⊙ h of a GRU, is not dropped.
  ///
  /// `isNormalized` brings x W_ihᵀ and h W_hhᵀ to mean 0 and variance 1 in each gate, before gains, which start at 1,
  /// and the biases (Ba et al. 2016, eq. 4 and 20, but gate by gate, and without their third normalisation, of an
  /// LSTM's m′).
  package init(
    name: String, cell kind: CellKind, inputs: Int, hidden: Int, stateDropout: Dropout? = nil,
    isNormalized: Bool = false, layout: inout ParameterLayout
  ) {
    let cell = kind.cell
    let rows = cell.gateCount * hidden
    self.cell = cell
    self.stateDropout = stateDropout
    inputWeight = layout.matrix(
      "\(name).inputWeight", rows: rows, columns: inputs, .glorot(gates: cell.gateCount))
    let recurrentWeight =
      cell.hasRecurrentProduct
      ? layout.matrix(
        "\(name).recurrentWeight", rows: rows, columns: hidden,
        .orthogonal(gates: cell.gateCount)) : nil
    inputBias = layout.vector(
      "\(name).inputBias", size: cell.biasedGates.count * hidden,
      cell.openGate.map { .ones(gate: $0, of: cell.gateCount) } ?? .zeros)
    recurrent = recurrentWeight.map {
      ($0, layout.vector("\(name).recurrentBias", size: rows, .zeros))
    }
    let ones = Initialization.ones(gate: 0, of: 1)
    gains =
      isNormalized
      ? (
        layout.vector("\(name).inputGain", size: rows, ones),
        cell.hasRecurrentProduct
          ? layout.vector("\(name).recurrentGain", size: rows, ones) : nil
      ) : nil
  }

  /// Numbers that go in per token.
  package var inputs: Int { inputWeight.columns }
  /// H.
  package var hidden: Int { inputWeight.rows / cell.gateCount }
  /// G, the number of gates.
  package var gates: Int { cell.gateCount }
  /// Whether the state has a cell vector.
  package var hasCell: Bool { cell.hasCell }
  /// Whether u, or the gradient of h W_hhᵀ, has a place of its own at every step.
  var keepsRecurrent: Bool { cell.keepsRecurrent || gains != nil }

  /// The columns of a that have a bias.
  private var biasColumns: Range<Int> {
    (cell.biasedGates.lowerBound * hidden)..<(cell.biasedGates.upperBound * hidden)
  }

  /// b_ih, `[G·H]`, with zeros for gates that have none.
  func bias(_ pass: Pass) -> Matrix {
    let bias = pass.weights[inputBias]
    guard biasColumns.count < inputWeight.rows else { return bias }
    let result = pass.workspace.zeros(rows: 1, columns: inputWeight.rows)
    pass.kernels.copy(bias, to: result.columns(biasColumns))
    return result
  }

  /// Adds ∂b_ih = Σ ∂a, given ∂a, `[N, G·H]`.
  func addBiasGradient(_ gates: Matrix, _ pass: Pass, gradients: Parameters) {
    pass.kernels.addColumnSums(of: gates.columns(biasColumns), to: gradients[inputBias])
  }

  func inputWeight(_ columns: Range<Int>?, of parameters: Parameters) -> Matrix {
    let weight = parameters[inputWeight]
    return columns.map { weight.columns($0) } ?? weight
  }

  /// Memory for the states of `rows` sentences.
  package func state(rows: Int, _ workspace: Workspace) -> CellState {
    CellState(
      hidden: workspace.matrix(rows: rows, columns: hidden),
      cell: hasCell ? workspace.matrix(rows: rows, columns: hidden) : nil)
  }

  /// A state of zeros for `rows` sentences.
  package func zeroState(rows: Int, _ workspace: Workspace) -> CellState {
    .zeros(rows: rows, hidden: hidden, hasCell: hasCell, workspace)
  }
}

// MARK: - Forward

/// What a layer keeps of its forward pass through a batch, for the backward pass.
package struct RecurrentTrace {
  let order: PackedOrder
  /// a, then the gates, then ∂a: `[N, G·H]`.
  let gates: Matrix
  /// u, then ∂u, `[N, G·H]`; of cells that need no u back, scratch of one step, and `nil` without a product.
  let recurrent: Matrix?
  /// The state before the first step, in the order of the sorting: `[B, H]`.
  package let initial: CellState
  /// The states after every step, packed: `[N, H]`.
  package let states: CellState
  /// The products normalised, before gain and bias, of layers that do so.
  let normalized: (input: NormalizedRows, recurrent: NormalizedRows?)?

  /// The gates at every token, packed, gate after gate: `[N, G·H]`; undefined after the backward pass.
  package var gateValues: Matrix { gates }

  /// u of some packed rows, `[n, G·H]`; a where there is none.
  func products(of rows: Range<Int>, _ areKept: Bool) -> Matrix {
    recurrent?.rows(areKept ? rows : 0..<rows.count) ?? gates.rows(rows)
  }

  /// The state before a step, of the sentences alive at it.
  func state(before step: Int) -> CellState {
    let alive = order.alive(at: step)
    guard step > 0 else { return initial.rows(0..<alive) }
    let start = order.starts[step - 1]
    return states.rows(start..<(start + alive))
  }

  /// The state of each sentence after its last token, in the order of the batch: `[B, H]`.
  package func finalState(_ workspace: Workspace) -> CellState {
    states.gathered(order.lastRows, workspace)
  }
}

extension RecurrentLayer {
  /// Takes memory for a batch; `initial`, in the order of the batch, is zero by default, and `hidden` is
  /// where the outputs go, `[N, H]`, in case they are part of something larger.
  package func trace(
    order: PackedOrder, initial: CellState? = nil, hidden output: Matrix? = nil, _ pass: Pass
  ) -> RecurrentTrace {
    let workspace = pass.workspace
    let rows = cell.gateCount * hidden
    let sentences = order.sentences.count
    let output = output ?? workspace.matrix(rows: order.count, columns: hidden)
    return RecurrentTrace(
      order: order,
      gates: workspace.matrix(rows: order.count, columns: rows),
      recurrent: recurrent.map { _ in
        workspace.matrix(rows: keepsRecurrent ? order.count : sentences, columns: rows)
      },
      initial: initial?.gathered(order.sentences, workspace)
        ?? zeroState(rows: sentences, workspace),
      states: CellState(
        hidden: output,
        cell: hasCell ? workspace.matrix(rows: order.count, columns: hidden) : nil),
      normalized: gains.map { gains in
        let memory = {
          NormalizedRows(rows: order.count, gates: cell.gateCount, size: hidden, workspace)
        }
        return (memory(), gains.recurrent.map { _ in memory() })
      })
  }

  /// Packs W_hh, if there is one, for the steps of the forward pass.
  package func packedRecurrent(_ pass: Pass) -> PackedMatrix? {
    recurrent.map {
      pass.kernels.pack(pass.weights[$0.weight], transposed: true, in: pass.workspace)
    }
  }

  /// Packs a block of columns of W_ih, all by default, for ``project(_:with:rows:adding:into:_:)``.
  package func packedInput(columns: Range<Int>? = nil, _ pass: Pass) -> PackedMatrix {
    pass.kernels.pack(
      inputWeight(columns, of: pass.weights), transposed: true, in: pass.workspace)
  }

  /// Computes a = x W_ihᵀ + b_ih, `[n, G·H]`, of some packed rows, where x, `[n, columns]`, meets the packed columns of
  /// W_ih.
  ///
  /// `adding` leaves out the bias and adds to what other columns gave. A normalised layer adds the bias in the step.
  package func project(
    _ x: Matrix, with weight: PackedMatrix, rows: Range<Int>, adding: Bool = false,
    into trace: RecurrentTrace, _ pass: Pass
  ) {
    pass.kernels.multiply(
      x, weight, bias: adding || gains != nil ? nil : bias(pass),
      into: trace.gates.rows(rows), adding: adding)
  }

  /// Goes one step with W_hh packed: the recurrent product u, `[n, G·H]`, and the cell, which leaves the state,
  /// `[n, H]`.
  package func step(
    _ step: Int, with weight: PackedMatrix?, _ trace: RecurrentTrace, _ pass: Pass
  ) {
    let rows = trace.order.rows(of: step)
    let before = trace.state(before: step)
    let a = trace.gates.rows(rows)
    let u = trace.products(of: rows, keepsRecurrent)
    if let recurrent, let weight {
      pass.workspace.scoped {
        pass.kernels.multiply(
          dropped(before.hidden, trace, rows, pass), weight,
          bias: gains == nil ? pass.weights[recurrent.bias] : nil, into: u)
      }
    }
    normalize(
      a, u, keeping: trace.normalized.map { ($0.input.rows(rows), $0.recurrent?.rows(rows)) }, pass)
    cell.forward(a, u, from: before, to: trace.states.rows(rows), pass.kernels)
  }

  /// Normalises the products, `[n, G·H]`, and adds the biases, if the layer does so.
  func normalize(
    _ a: Matrix, _ u: Matrix, keeping kept: (input: NormalizedRows, recurrent: NormalizedRows?)?,
    _ pass: Pass
  ) {
    guard let gains else { return }
    pass.kernels.normalize(
      a, gain: pass.weights[gains.input], bias: bias(pass), gates: cell.gateCount,
      keeping: kept?.input)
    guard let recurrent, let gain = gains.recurrent else { return }
    pass.kernels.normalize(
      u, gain: pass.weights[gain], bias: pass.weights[recurrent.bias],
      gates: cell.gateCount, keeping: kept?.recurrent)
  }

  /// ξ ⊙ h, `[n, H]`, of the sentences alive at a step, whose packed rows these are.
  private func dropped(
    _ state: Matrix, _ trace: RecurrentTrace, _ rows: Range<Int>, _ pass: Pass
  ) -> Matrix {
    guard let stateDropout, stateDropout.isActive(in: pass) else { return state }
    let result = pass.workspace.matrix(rows: state.rows, columns: state.columns)
    pass.kernels.copy(state, to: result)
    stateDropout.apply(
      to: result, firstRow: rows.lowerBound, sentences: trace.order.sentences[..<rows.count], pass)
    return result
  }
}
