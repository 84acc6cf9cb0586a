import CDragomanKernels

/// A fixed pool of threads that carry out the parts of one task at a time.
///
/// Within a task denormal numbers count as zero, on every thread, the caller's included; its own setting is
/// restored at the end. A call from a second thread while a task is under way carries out its parts
/// itself: the same bits, only later.
@safe
final class Workers: @unchecked Sendable {
  /// Threads, the caller's included.
  let threads: Int
  private let pool: OpaquePointer

  init(threads: Int) {
    precondition(threads >= 1, "a pool of \(threads) threads")
    guard let pool = unsafe dragoman_pool_create(Int32(threads)) else {
      preconditionFailure("no memory for a pool of \(threads) threads")
    }
    self.threads = threads
    unsafe self.pool = pool
  }

  deinit {
    unsafe dragoman_pool_destroy(pool)
  }

  /// Calls `task` with every part in `0..<parts`; different parts may run at the same time.
  func run(parts: Int, _ task: (Int) -> Void) {
    withoutActuallyEscaping(task) { task in
      var task = task
      unsafe withUnsafeMutablePointer(to: &task) { pointer in
        unsafe dragoman_pool_run(
          pool, Int32(parts),
          { context, part in
            guard let context = unsafe context else { return }
            unsafe context.assumingMemoryBound(to: ((Int) -> Void).self).pointee(Int(part))
          }, pointer)
      }
    }
  }
}
