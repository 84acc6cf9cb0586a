#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system's scheduler is asked for.
package enum Scheduling {
  /// Lets others have the processor that are ready to run.
  package static func giveWay() { _ = sched_yield() }

  /// Waits so many seconds.
  package static func sleep(seconds: Double) { usleep(UInt32(max(seconds, 0) * 1e6)) }
}
