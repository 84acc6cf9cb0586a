#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The processor time of the calling thread: unlike the time of a clock, it does not grow with what else a machine has
/// to do.
package enum ThreadTime {
  /// What some work takes of it.
  package static func measure(_ work: () throws -> Void) rethrows -> Duration {
    let start = now
    try work()
    return now - start
  }

  private static var now: Duration {
    var time = timespec()
    let code = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    precondition(code == 0, "the system does not tell the time of a thread")
    return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
  }
}
