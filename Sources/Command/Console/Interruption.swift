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
    // A parent may have handed down a mask that holds these signals back.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    // A limit on file size is an error that is told, not a death.
    signal(SIGXFSZ, SIG_IGN)
    for number in [SIGINT, SIGTERM] {
      _ = signal(number) { number in
        if Interruption.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(128 + number) }
      }
    }
  }
}
