import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C, SIGTERM and the end of the terminal (SIGHUP): the first asks to stop, a second stops at once.
///
/// Before there is anything to save, the first stops at once, too.
enum Interruption {
  private static let count = Atomic<Int>(0)
  /// The signal that asked first; 0 if none did.
  private static let first = Atomic<Int32>(0)
  /// Whether there is something that would be lost.
  private static let isUnderWay = Atomic<Bool>(false)
  private static let farewell: StaticString =
    "stopped before training began; no file was changed\n"

  /// Whether somebody has asked to stop.
  static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// The code of a program that stopped because it was asked to; `nil` if nobody did.
  static var exitCode: ExitCode? { ExitCode(rawValue: 128 + first.load(ordering: .relaxed)) }

  /// From now on signals ask, since there is something to save.
  static func begin() { isUnderWay.store(true, ordering: .relaxed) }

  /// From now on signals end the program with 128 and their number: at once, or after ``begin()`` when asked twice.
  static func listen() {
    // The handler must find these made: making them is not work for a signal handler.
    count.store(0, ordering: .relaxed)
    first.store(0, ordering: .relaxed)
    isUnderWay.store(false, ordering: .relaxed)
    _ = farewell.utf8CodeUnitCount
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
        guard Interruption.isUnderWay.load(ordering: .relaxed) else {
          let text = Interruption.farewell
          unsafe _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
          _exit(128 + number)
        }
        if Interruption.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(128 + number) }
        Interruption.first.store(number, ordering: .relaxed)
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
