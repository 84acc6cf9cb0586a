package import DragomanSystem
import DragomanTensor

extension ProcessGroup {
  /// The threads that this process computes on if nothing else is wanted: its processors, shared with those processes
  /// of its machine that may run on the same ones.
  package func threads() throws -> Int {
    let masks = try gather(Kernels.processorMask)
    let sharing = (0..<size).count { hosts[$0] == hosts[rank] && masks[$0] == masks[rank] }
    return max(Kernels.cores / max(sharing, 1), 1)
  }
}
