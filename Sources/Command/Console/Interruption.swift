import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C, SIGTERM and the end of the terminal (SIGHUP): the first asks to stop, a second stops at once.
enum Interruption {
  private static let count = Atomic<Int>(0)

  /// Whether somebody has asked to stop.
  static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// From now on, signals ask instead of killing.
  static func listen() {
    // The handler must find the counter made: making it is not work for a signal handler.
    count.store(0, ordering: .relaxed)
    // A parent may have handed down a mask that holds these signals back.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    // A limit on file size is an error that is told, not a death.
    signal(SIGXFSZ, SIG_IGN)
    // Nor is it a death that nobody reads the messages any more.
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = signal(number) { number in
        if Interruption.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(128 + number) }
      }
      // What `nohup` starts outlives its terminal.
      if number == SIGHUP, isIgnoring(before) { signal(SIGHUP, SIG_IGN) }
    }
  }

  /// Whether a handler is the one that does nothing; handlers are pointers that cannot be compared as such.
  private static func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
