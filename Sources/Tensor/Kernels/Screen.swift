internal import CDragomanKernels

/// Weights in 8 bits beside the exact ones: finds the greatest column of x·Wᵀ + b without computing them all.
///
/// The product of quantised numbers and a bound of its error exclude nearly all columns; the few that are left are
/// computed exactly, by the same chain of sums as the full product. So the column found is the one of the full product,
/// to the last bit, the first of equals included. screen.inc.h derives the bound. The weights must not change as long
/// as the screen is in use.
package struct Screen: Sendable {
  let weights: Matrix
  let bias: Matrix
  let memory: Matrix

  /// A screen of weights, `[V, k]`, and their bias, `[1, V]`; `nil` if they are too large for it or no numbers.
  package init?(_ weights: Matrix, bias: Matrix, kernels: Kernels) {
    requireShape(bias, 1, weights.rows, "the bias of a screen of \(weights.shape)")
    let count = dragoman_screen_count(weights.columns, weights.rows)
    guard count > 0 else { return nil }
    self.weights = weights
    self.bias = bias
    memory = Matrix(rows: 1, columns: count)
    guard
      unsafe dragoman_screen_make(kernels.engine, weights.view, bias.pointer, memory.pointer)
    else { return nil }
  }

  /// Columns beyond which the full product of a row takes no longer than those that are left.
  package var limit: Int { min(max(weights.rows / 32, 16), 512) }
}

extension Kernels {
  /// Whether the processor multiplies 8-bit numbers several times as fast as floats; a screen costs more than it saves
  /// where it does not.
  package var screensAreFast: Bool { unsafe dragoman_screens_fast(engine) }

  /// The column in which each row of x·Wᵀ + b is greatest, the first of equals, or −1 where the screen leaves more than
  /// its limit, as it does with rows that are too large or no numbers; and how many columns it left.
  package func greatest(
    of x: Matrix, _ screen: Screen, in workspace: Workspace
  ) -> (columns: [Int32], left: [Int32]) {
    let weights = screen.weights
    precondition(
      x.columns == weights.columns, "\(x.shape) · (\(weights.shape))ᵀ behind a screen")
    var columns = [Int32](repeating: -1, count: x.rows)
    var left = [Int32](repeating: 0, count: x.rows)
    workspace.scoped {
      let scratch = workspace.matrix(
        rows: 1,
        columns: dragoman_screen_scratch(x.rows, weights.columns, weights.rows))
      unsafe columns.withUnsafeMutableBufferPointer { columns in
        unsafe left.withUnsafeMutableBufferPointer { left in
          unsafe dragoman_screen_greatest(
            engine, x.view, weights.view, screen.bias.pointer, screen.memory.pointer,
            scratch.pointer, screen.limit, columns.baseAddress, left.baseAddress)
        }
      }
    }
    return (columns, left)
  }
}
