import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C and SIGTERM: the first asks to stop, a second stops at once.
enum Interruption {
  private static let count = Atomic<Int>(0)

  /// Whether somebody has asked to stop.
  static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// From now on, signals ask instead of killing.
  static func listen() {
    // The handler must find the counter made: making it is no work for a signal handler.
    count.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      _ = signal(number) { number in
        if Interruption.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(128 + number) }
      }
    }
  }
}
