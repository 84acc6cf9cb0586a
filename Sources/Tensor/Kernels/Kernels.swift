internal import CDragomanKernels

/// The one door to the C kernels: arithmetic on matrices, on threads of its own.
///
/// Results have the same bits whatever ``threads`` and ``instructions`` are. Each element of a product is
/// one chain of fused multiply-adds in increasing k; other sums run in sixteen lanes that are added up in
/// a fixed tree; functions of single elements are one sequence of rounded operations. Denormal floats
/// count as 0 inside a call, and the floating-point mode of the calling thread is what it was after it.
///
/// Every method checks the shapes it is given and traps on a mismatch. Matrices that are written must not
/// overlap with others of the same call, unless the method says so. A call allocates nothing but the
/// arrays it returns. Several threads may use one object; the calls of one of them run on the threads of
/// the object and the others' meanwhile on the thread that calls.
@safe
package final class Kernels: @unchecked Sendable {
  /// The instruction sets there are kernels for, from narrow to wide.
  package enum InstructionSet: String, CaseIterable, Sendable {
    /// Plain C.
    case portable
    /// 64-bit ARM.
    case neon
    /// AVX2 with FMA.
    case avx2
    /// AVX-512 F, BW, DQ and VL.
    case avx512

    var code: Int32 {
      switch self {
      case .portable: 0
      case .neon: 1
      case .avx2: 2
      case .avx512: 3
      }
    }
  }

  /// What this processor can run, from narrow to wide.
  package static var available: [InstructionSet] {
    InstructionSet.allCases.filter { dragoman_available($0.code) }
  }

  /// Threads that work on a call, the calling one included.
  package let threads: Int
  /// The instruction set in use.
  package let instructions: InstructionSet

  let engine: OpaquePointer

  /// Kernels on `threads` threads (`nil`: one per processor; fewer where the system refuses some) with `instructions`
  /// (`nil`: the widest there is).
  package convenience init(threads: Int? = nil, instructions: InstructionSet? = nil) {
    self.init(threads: threads, instructions: instructions, eager: false)
  }

  /// The same; `eager` kernels wake all threads for the shortest call, so that tests reach the cutting.
  init(threads: Int?, instructions: InstructionSet?, eager: Bool) {
    let threads = threads ?? Int(dragoman_processors())
    precondition((1...1024).contains(threads), "\(threads) threads; it must be 1 to 1024")
    let available = Kernels.available
    let chosen = instructions ?? available.last ?? .portable
    precondition(
      available.contains(chosen),
      "this processor has no \(chosen.rawValue), only \(available.map(\.rawValue))")
    guard let engine = unsafe dragoman_engine_create(chosen.code, Int32(threads), eager) else {
      preconditionFailure("the system refused memory for \(threads) threads")
    }
    self.threads = threads
    self.instructions = chosen
    unsafe self.engine = engine
  }

  deinit {
    unsafe dragoman_engine_destroy(engine)
  }
}

extension Matrix {
  /// What the C functions are given.
  var view: dragoman_matrix {
    unsafe dragoman_matrix(at: pointer, rows: rows, columns: columns, stride: stride)
  }

  /// The shape for messages.
  var shape: String { "\(rows) × \(columns)" }
}

/// Traps unless both matrices have the same shape.
func requireEqualShapes(
  _ a: Matrix, _ b: Matrix, _ what: @autoclosure () -> String
) {
  precondition(
    a.rows == b.rows && a.columns == b.columns, "\(what()): \(a.shape) against \(b.shape)")
}

/// Traps unless the matrix has this shape.
func requireShape(
  _ m: Matrix, _ rows: Int, _ columns: Int, _ what: @autoclosure () -> String
) {
  precondition(
    m.rows == rows && m.columns == columns, "\(what()) is \(m.shape), not \(rows) × \(columns)")
}
