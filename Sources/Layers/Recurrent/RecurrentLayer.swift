public import DragomanTensor

/// One recurrent layer: the weights of a cell and the products that lead to it, step by step.
///
/// With N tokens in ``PackedOrder``, `a = x W_ihᵀ + b_ih` is one product over all steps; within the loop
/// stands one product per step, `c = h W_hhᵀ + b_hh`, and the cell. On the way back the loop carries only
/// ∂h; the gradients of the weights are one product each over all steps, after it.
///
/// ``Recurrence`` runs a layer over whole sentences; a decoder that feeds its context back runs the same
/// steps itself, since its input at step t exists only after step t − 1.
public struct RecurrentLayer: Sendable {
  let cell: any RecurrentCell
  /// `[G·H, in]`, gate after gate.
  let inputWeight: Parameter
  /// `[G·H, H]`.
  let recurrentWeight: Parameter
  /// `[G·H]`.
  let inputBias: Parameter
  /// `[G·H]`.
  let recurrentBias: Parameter

  /// Adds four tensors to the layout: Glorot uniform, orthogonal per gate, and biases of zero but for a
  /// forget gate's, which is 1 in the input bias.
  public init(
    name: String, cell kind: CellKind, inputs: Int, hidden: Int, layout: inout ParameterLayout
  ) {
    let cell = kind.cell
    let rows = cell.gates * hidden
    self.cell = cell
    inputWeight = layout.matrix(
      "\(name).inputWeight", rows: rows, columns: inputs, .glorot(gates: cell.gates))
    recurrentWeight = layout.matrix(
      "\(name).recurrentWeight", rows: rows, columns: hidden, .orthogonal(gates: cell.gates))
    inputBias = layout.vector(
      "\(name).inputBias", size: rows,
      cell.openGate.map { .ones(gate: $0, of: cell.gates) } ?? .zeros)
    recurrentBias = layout.vector("\(name).recurrentBias", size: rows, .zeros)
  }

  /// Numbers that go in per token.
  public var inputs: Int { inputWeight.columns }
  /// H.
  public var hidden: Int { recurrentWeight.columns }
  /// G, the number of gates.
  public var gates: Int { cell.gates }
  /// Whether the state has a cell vector.
  public var hasCell: Bool { cell.hasCell }

  private func inputWeight(_ columns: Range<Int>?, of parameters: Parameters) -> Matrix {
    let weight = parameters[inputWeight]
    return columns.map { weight.columns($0) } ?? weight
  }

  /// A state of zeros for `rows` sentences.
  public func zeroState(rows: Int, _ workspace: Workspace) -> CellState {
    .zeros(rows: rows, hidden: hidden, hasCell: hasCell, workspace)
  }
}

// MARK: - Forward

/// What a layer keeps of its way forward through a batch, for the way back.
public struct RecurrentTrace {
  let order: PackedOrder
  /// a, then the gates, then ∂a: `[N, G·H]`.
  let gates: Matrix
  /// c, then ∂c, `[N, G·H]`; of cells that need no c back, scratch of one step.
  let recurrent: Matrix
  /// The state before the first step, in the order of the sorting: `[B, H]`.
  let initial: CellState
  /// The states after every step, packed: `[N, H]`.
  public let states: CellState
  let recurrentWeight: PackedMatrix

  /// The state before a step, of the sentences alive at it.
  func state(before step: Int) -> CellState {
    let alive = order.alive(at: step)
    guard step > 0 else { return initial.rows(0..<alive) }
    let start = order.starts[step - 1]
    return states.rows(start..<(start + alive))
  }

  /// The state of each sentence after its last token, in the order of the batch: `[B, H]`.
  public func finalState(_ workspace: Workspace) -> CellState {
    states.gathered(order.lastRows, workspace)
  }
}

extension RecurrentLayer {
  /// Takes memory for a batch; `initial`, in the order of the batch, is zero by default, and `hidden` is
  /// where the outputs go, `[N, H]`, in case they are part of something larger.
  public func trace(
    order: PackedOrder, initial: CellState? = nil, hidden output: Matrix? = nil, _ pass: Pass
  ) -> RecurrentTrace {
    let workspace = pass.workspace
    let rows = cell.gates * hidden
    let sentences = order.sentences.count
    let output = output ?? workspace.matrix(rows: order.count, columns: hidden)
    return RecurrentTrace(
      order: order,
      gates: workspace.matrix(rows: order.count, columns: rows),
      recurrent: workspace.matrix(
        rows: cell.keepsRecurrent ? order.count : sentences, columns: rows),
      initial: initial?.gathered(order.sentences, workspace)
        ?? zeroState(rows: sentences, workspace),
      states: CellState(
        hidden: output,
        cell: hasCell ? workspace.matrix(rows: order.count, columns: hidden) : nil),
      recurrentWeight: pass.kernels.pack(
        pass.weights[recurrentWeight], transposed: true, in: workspace))
  }

  /// Packs a block of columns of W_ih, all by default, for ``project(_:with:rows:adding:into:_:)``.
  public func packedInput(columns: Range<Int>? = nil, _ pass: Pass) -> PackedMatrix {
    pass.kernels.pack(
      inputWeight(columns, of: pass.weights), transposed: true, in: pass.workspace)
  }

  /// Computes a = x W_ihᵀ + b_ih of some packed rows, where x meets the packed columns of W_ih; `adding`
  /// leaves out the bias and adds to what other columns gave.
  public func project(
    _ x: Matrix, with weight: PackedMatrix, rows: Range<Int>, adding: Bool = false,
    into trace: RecurrentTrace, _ pass: Pass
  ) {
    pass.kernels.multiply(
      x, weight, bias: adding ? nil : pass.weights[inputBias], into: trace.gates.rows(rows),
      adding: adding)
  }

  /// Goes one step: the recurrent product and the cell.
  public func step(_ step: Int, _ trace: RecurrentTrace, _ pass: Pass) {
    let rows = trace.order.rows(of: step)
    let before = trace.state(before: step)
    let recurrent = trace.recurrent.rows(cell.keepsRecurrent ? rows : 0..<rows.count)
    pass.kernels.multiply(
      before.hidden, trace.recurrentWeight, bias: pass.weights[recurrentBias], into: recurrent)
    cell.forward(
      trace.gates.rows(rows), recurrent, from: before, to: trace.states.rows(rows), pass.kernels)
  }
}

// MARK: - Backward

/// What the way back through a layer carries from step to step.
public struct RecurrentGradient {
  /// ∂L/∂(state), in the order of the sorting, `[B, H]`: rows of sentences not reached yet hold the
  /// gradient of their final state.
  let carry: CellState
  /// W_hh, packed for ∂c W_hh.
  let recurrentWeight: PackedMatrix
}

extension RecurrentLayer {
  /// Begins the way back; `final` is the gradient of the final states in the order of the batch.
  public func gradient(
    of trace: RecurrentTrace, final: CellState? = nil, _ pass: Pass
  ) -> RecurrentGradient {
    let workspace = pass.workspace
    let carry = zeroState(rows: trace.order.sentences.count, workspace)
    if let final {
      workspace.kernels.gather(trace.order.sentences, of: final.hidden, into: carry.hidden)
      if let from = final.cell, let to = carry.cell {
        workspace.kernels.gather(trace.order.sentences, of: from, into: to)
      }
    }
    return RecurrentGradient(
      carry: carry,
      recurrentWeight: pass.kernels.pack(
        pass.weights[recurrentWeight], transposed: false, in: workspace))
  }

  /// Goes one step back, given ∂L/∂(output) of its rows; ∂a is then in the trace's gates.
  public func stepBack(
    _ step: Int, outputGradient: Matrix, _ trace: RecurrentTrace, _ gradient: RecurrentGradient,
    _ pass: Pass
  ) {
    let rows = trace.order.rows(of: step)
    let carry = gradient.carry.rows(0..<rows.count)
    pass.kernels.add(outputGradient, to: carry.hidden)
    let recurrentGradient = cell.backward(
      trace.gates.rows(rows), trace.recurrent.rows(cell.keepsRecurrent ? rows : 0..<rows.count),
      from: trace.state(before: step), to: trace.states.rows(rows), gradient: carry, pass.kernels)
    pass.kernels.multiply(
      recurrentGradient, gradient.recurrentWeight, into: carry.hidden, adding: cell.hasDirectPath)
  }

  /// Packs a block of columns of W_ih, all by default, for ``inputGradient(with:rows:into:adding:_:_:)``.
  public func packedInputBack(columns: Range<Int>? = nil, _ pass: Pass) -> PackedMatrix {
    pass.kernels.pack(
      inputWeight(columns, of: pass.weights), transposed: false, in: pass.workspace)
  }

  /// Writes ∂x = ∂a W_ih of some packed rows and the packed columns of W_ih, or adds it.
  public func inputGradient(
    with weight: PackedMatrix, rows: Range<Int>, into result: Matrix, adding: Bool,
    _ trace: RecurrentTrace, _ pass: Pass
  ) {
    pass.kernels.multiply(trace.gates.rows(rows), weight, into: result, adding: adding)
  }

  /// Adds ∂aᵀ x of some packed rows to the gradient of W_ih, where x meets a block of its columns.
  public func accumulateInput(
    _ x: Matrix, rows: Range<Int>, columns: Range<Int>? = nil, _ trace: RecurrentTrace,
    _ pass: Pass, gradients: Parameters
  ) {
    pass.kernels.multiply(
      transposed: trace.gates.rows(rows), x, into: inputWeight(columns, of: gradients),
      adding: true)
  }

  /// Adds to the gradients of W_hh and both biases, after the loop.
  ///
  /// - Returns: the gradient of the initial state in the order of the batch.
  @discardableResult
  public func finishBack(
    _ trace: RecurrentTrace, _ gradient: RecurrentGradient, _ pass: Pass, gradients: Parameters
  ) -> CellState {
    let recurrentGradient = cell.keepsRecurrent ? trace.recurrent : trace.gates
    let before = pass.workspace.matrix(rows: trace.order.count, columns: hidden)
    for step in 0..<trace.order.steps {
      pass.kernels.copy(
        trace.state(before: step).hidden, to: before.rows(trace.order.rows(of: step)))
    }
    pass.kernels.multiply(
      transposed: recurrentGradient, before, into: gradients[recurrentWeight], adding: true)
    pass.kernels.addColumnSums(of: recurrentGradient, to: gradients[recurrentBias])
    pass.kernels.addColumnSums(of: trace.gates, to: gradients[inputBias])
    return gradient.carry.scattered(trace.order.sentences, pass.workspace)
  }
}

// MARK: - Inference

/// A layer's weights packed once for many steps of decoding.
public struct PackedRecurrentLayer: Sendable {
  let layer: RecurrentLayer
  let input: PackedMatrix
  let recurrent: PackedMatrix
}

extension RecurrentLayer {
  /// Packs the weights, which must not change as long as the result is in use.
  public func packed(_ weights: Parameters, _ kernels: Kernels) -> PackedRecurrentLayer {
    PackedRecurrentLayer(
      layer: self, input: kernels.pack(weights[inputWeight], transposed: true),
      recurrent: kernels.pack(weights[recurrentWeight], transposed: true))
  }
}

extension PackedRecurrentLayer {
  /// Numbers that go in per token.
  public var inputs: Int { layer.inputs }
  /// H.
  public var hidden: Int { layer.hidden }

  /// Goes one step from `state` with the inputs `x`, `[B, in]`, and keeps nothing for a way back.
  public func step(_ x: Matrix, from state: CellState, to next: CellState, _ pass: Pass) {
    let rows = layer.cell.gates * layer.hidden
    let a = pass.workspace.matrix(rows: x.rows, columns: rows)
    let c = pass.workspace.matrix(rows: x.rows, columns: rows)
    pass.kernels.multiply(x, input, bias: pass.weights[layer.inputBias], into: a)
    pass.kernels.multiply(
      state.hidden, recurrent, bias: pass.weights[layer.recurrentBias], into: c)
    layer.cell.forward(a, c, from: state, to: next, pass.kernels)
  }
}
