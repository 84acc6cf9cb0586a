/// The scratch memory of one computation: matrices are handed out one after the other and taken back
/// all at once.
///
/// A training step takes what it needs and resets the workspace at its end. After the first steps one
/// block holds all of it and a step allocates nothing. Matrices handed out before a reset stay readable,
/// but what they show is overwritten by what comes after.
///
/// One thread uses a workspace at a time.
package final class Workspace {
  /// What computes on the matrices of this workspace.
  package let kernels: Kernels

  private var block: Storage
  private var used = 0
  /// Floats handed out from blocks that were full, since the last reset.
  private var retired = 0
  /// The most floats that were handed out at one time.
  private var peak = 0

  /// A workspace that grows on demand.
  package init(kernels: Kernels) {
    self.kernels = kernels
    block = Storage(uninitialized: 0)
  }

  /// Floats handed out since the last reset.
  package var count: Int { retired + used }

  /// The most floats that were handed out at one time, since the beginning.
  package var highWater: Int { peak }

  /// A matrix whose elements are not defined until they are written.
  package func matrix(rows: Int, columns: Int) -> Matrix {
    // Every matrix starts on a cache line of its own.
    let needed = (rows * columns + 15) & ~15
    if used + needed > block.count {
      retired += used
      used = 0
      block = Storage(uninitialized: max(needed, 2 * block.count, 1 << 16))
    }
    let offset = used
    used += needed
    peak = max(peak, retired + used)
    return Matrix(storage: block, offset: offset, rows: rows, columns: columns, stride: columns)
  }

  /// A matrix in which every element is 0.
  package func zeros(rows: Int, columns: Int) -> Matrix {
    let result = matrix(rows: rows, columns: columns)
    kernels.fill(result, with: 0)
    return result
  }

  /// The rows of a matrix that these numbers name, in this order.
  package func gathered(_ rows: [Int32], of source: Matrix) -> Matrix {
    let result = matrix(rows: rows.count, columns: source.columns)
    kernels.gather(rows, of: source, into: result)
    return result
  }

  /// Runs `body` and takes back what was handed out within it.
  package func scoped<Result>(_ body: () throws -> Result) rethrows -> Result {
    let (outer, outerUsed, outerRetired) = (block, used, retired)
    defer {
      if block === outer {
        used = outerUsed
        retired = outerRetired
      } else {
        // What stands in the newer block was handed out within the scope.
        used = 0
        retired = outerRetired + outerUsed
      }
    }
    return try body()
  }

  /// Takes back everything; one block then holds as much as was needed at most.
  package func reset() {
    if peak > block.count {
      // A fifth more than was used, so that batches of slightly other shapes fit as well.
      block = Storage(uninitialized: peak * 6 / 5)
    }
    retired = 0
    used = 0
  }
}
