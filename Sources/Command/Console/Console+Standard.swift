import DragomanFormats
import DragomanSystem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Console {
  /// The standard streams of the process.
  ///
  /// Colours and lines that are written over appear on terminals only, and not if `NO_COLOR` is set
  /// (https://no-color.org) or the terminal is `dumb`. Launchers such as Open MPI's give each process a terminal of its
  /// own, and pass on what is written there to wherever their own output goes.
  static let standard: Console = {
    let isLaunched = LaunchedProcesses(environment: variable) != nil
    func isTerminal(_ descriptor: Int32) -> Bool { !isLaunched && isatty(descriptor) == 1 }
    let isPlain = variable("NO_COLOR") != nil || variable("TERM") == "dumb"
    let isScreen = isTerminal(STDOUT_FILENO)
    return Console(
      // What a model or a file says stays as it is in a pipe, but does not steer a terminal.
      write: {
        try write(
          isScreen ? TerminalText.visible($0, keepingColours: true) : $0, to: STDOUT_FILENO)
      },
      // Nobody could be told that telling failed.
      note: { try? write($0, to: STDERR_FILENO) },
      hasColour: isScreen && !isPlain,
      isInteractive: isTerminal(STDERR_FILENO) && variable("TERM") != "dumb",
      isTyped: isTerminal(STDIN_FILENO), width: columns(STDERR_FILENO),
      resultWidth: columns(STDOUT_FILENO), isScreen: isScreen)
  }()

  /// The value of an environment variable, unless it is empty or missing.
  static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name), unsafe value[0] != 0 else { return nil }
    return unsafe String(cString: value)
  }

  /// The width of the terminal behind a stream; 80 if there is none.
  private static func columns(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }

  /// Writes all of `text`, however many calls that takes.
  private static func write(_ text: String, to descriptor: Int32) throws(OutputError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { bytes in
        #if canImport(Glibc)
          unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
          unsafe Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
          unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
      }
      if written < 0 {
        let code = errno
        if code == EINTR { continue }
        // Somebody made it one that does not wait: then the wait is here.
        if code == EAGAIN || code == EWOULDBLOCK {
          var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = unsafe poll(&wanted, 1, -1)
          continue
        }
        throw OutputError(reason: unsafe String(cString: strerror(code)))
      }
      rest = rest.dropFirst(written)
    }
  }
}
