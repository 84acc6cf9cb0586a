#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The terminal behind standard input, handed out key by key while a line is read.
///
/// It is in that mode only between ``begin()`` and ``end()``. Whatever ends the process meanwhile (a return, an
/// `exit`, a signal that can be caught) puts it back.
enum Terminal {
  /// The mode that is to be put back; a signal handler reads it.
  nonisolated(unsafe) private static var original = termios()
  nonisolated(unsafe) private static var isChanged = false
  nonisolated(unsafe) private static var isPrepared = false

  /// Signals that end a process.
  private static let deadly = [
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE,
  ]

  /// Hands out each key as it is pressed, without showing it; false if there is no terminal.
  static func begin() -> Bool {
    guard unsafe tcgetattr(STDIN_FILENO, &original) == 0 else { return false }
    if unsafe !isPrepared {
      unsafe isPrepared = true
      atexit { Terminal.end() }
    }
    for number in deadly {
      _ = signal(number) { number in
        Terminal.end()
        _ = signal(number, SIG_DFL)
        raise(number)
      }
    }
    var mode = unsafe original
    mode.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
    mode.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | IGNCR | ISTRIP)
    unsafe isChanged = true
    // Keys that were pressed before stay.
    return unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &mode) == 0
  }

  /// Puts the terminal back.
  static func end() {
    guard unsafe isChanged else { return }
    unsafe isChanged = false
    _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &original)
  }

  /// Lets signals act as they do without this.
  static func forgetSignals() {
    for number in deadly { _ = signal(number, SIG_DFL) }
  }

  /// The bytes of the next keys; empty at the end of the input.
  static func read() -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      var found: Int
      repeat {
        #if canImport(Glibc)
          unsafe found = Glibc.read(STDIN_FILENO, buffer.baseAddress, 256)
        #elseif canImport(Musl)
          unsafe found = Musl.read(STDIN_FILENO, buffer.baseAddress, 256)
        #else
          unsafe found = Darwin.read(STDIN_FILENO, buffer.baseAddress, 256)
        #endif
      } while found < 0 && errno == EINTR
      count = max(found, 0)
    }
  }

  /// The terminal's columns now; 80 if it does not tell.
  static var width: Int {
    var size = winsize()
    guard unsafe ioctl(STDIN_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }
}
