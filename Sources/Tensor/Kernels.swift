import CDragomanKernels
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The one door to the C kernels, to threads and to unsafe memory.
///
/// Every method checks the shapes of its matrices and says what they are if they do not fit. Results do
/// not depend on the number of threads or on the instruction set: equal inputs give equal bits.
@safe
public final class Kernels: Sendable {
  /// Threads that compute, the caller's included.
  public let threads: Int
  /// The instruction set that computes.
  public let instructions: InstructionSet

  nonisolated(unsafe) let table: UnsafePointer<dragoman_kernels>
  let workers: Workers
  /// Memory to pack operands in, for each part of a product.
  private let scratch: Mutex<[Storage]>

  /// Kernels with `threads` threads, all cores by default, of an instruction set that the machine has,
  /// the widest by default.
  public init(threads: Int? = nil, instructions: InstructionSet? = nil) {
    let chosen = instructions ?? InstructionSet.available.last ?? .portable
    guard let table = unsafe chosen.table else {
      preconditionFailure(
        "this machine has no \(chosen.rawValue); it has \(InstructionSet.available)")
    }
    self.threads = threads ?? Self.cores
    self.instructions = chosen
    unsafe self.table = table
    workers = Workers(threads: self.threads)
    scratch = Mutex([])
  }

  /// Cores of this machine.
  public static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Splits `count` items of `work` elementary operations each into ranges for the threads.
  ///
  /// A small task runs on the caller alone. Ranges start at multiples of `unit`.
  func split(
    _ count: Int, work: Int, unit: Int = 1, _ body: (_ range: Range<Int>) -> Void
  ) {
    guard count > 0 else { return }
    // Waking a thread and waiting for it costs about as much as some ten thousand operations.
    let units = (count + unit - 1) / unit
    // A large task has more parts than threads, so that a thread which is slowed down does fewer of them.
    let operations = count * work
    let parts = min(
      threads == 1 ? 1 : operations > 1 << 20 ? 4 * threads : threads, units,
      max(1, operations / 16384))
    workers.run(parts: parts) { part in
      let start = units * part / parts * unit
      let end = min(units * (part + 1) / parts * unit, count)
      if start < end { body(start..<end) }
    }
  }

  /// Lends memory for packing to one part of a product.
  func withScratch(_ body: (UnsafeMutablePointer<Float>) -> Void) {
    let memory =
      scratch.withLock { $0.popLast() }
      ?? Storage(uninitialized: unsafe table.pointee.scratch)
    unsafe body(memory.base)
    scratch.withLock { $0.append(memory) }
  }
}

extension Matrix {
  /// The shape in words, for messages.
  var shape: String { "\(rows) × \(columns)" }
}
