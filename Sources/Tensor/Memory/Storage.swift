internal import CDragomanKernels

/// A block of 32-bit floats, 64-byte aligned, that lives as long as a matrix looks into it.
///
/// Every ``Matrix`` keeps its storage alive, so no view can outlast its memory. Nothing above this
/// module sees a pointer. Two threads may write disjoint parts of one storage; that they are disjoint
/// is the business of ``Kernels``, which alone starts threads.
@safe
final class Storage: @unchecked Sendable {
  /// The first float; aligned to a cache line, which is also the widest vector register.
  let base: UnsafeMutablePointer<Float>
  /// Number of floats.
  let count: Int

  /// A block whose contents are not defined until they are written.
  init(uninitialized count: Int) {
    precondition(count >= 0, "a storage cannot hold \(count) floats")
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    guard let memory = unsafe dragoman_allocate(bytes) else {
      preconditionFailure("the system refused \(bytes) bytes")
    }
    unsafe base = memory.bindMemory(to: Float.self, capacity: max(count, 1))
    self.count = count
  }

  /// A block in which every float is `value`.
  convenience init(repeating value: Float, count: Int) {
    self.init(uninitialized: count)
    unsafe base.update(repeating: value, count: count)
  }

  deinit {
    unsafe dragoman_free(base)
  }
}
