import Foundation
import Testing

#if os(Linux)
  /// A terminal that a test types at and reads from.
  struct PseudoTerminal {
    /// This end.
    private let terminal: Int32
    /// The end of the program.
    private let other: Int32

    /// A terminal of so many columns.
    init(columns: UInt16) throws {
      terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var (lock, number) = (Int32(0), Int32(0))
      // TIOCSPTLCK and TIOCGPTN, as the kernel numbers them: unlock the other end, and say which it is.
      let answers = [
        ioctl(terminal, 0x4004_5431 as UInt, &lock), ioctl(terminal, 0x8004_5430 as UInt, &number),
      ]
      try #require(terminal >= 0 && answers == [0, 0])
      other = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
      try #require(other >= 0)
      var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
      let status = ioctl(other, UInt(TIOCSWINSZ), &size)
      #expect(status == 0)
    }

    /// Runs the program with its output here, and its input and messages too if something is typed; gives what appears.
    func run(
      _ arguments: [String], environment: [String: String], typing keys: String? = nil
    ) throws -> String {
      let process = Process()
      process.environment = ProcessInfo.processInfo.environment
        .merging(["TERM": "xterm-256color", "NO_COLOR": ""]) { $1 }.merging(environment) { $1 }
      process.executableURL = `The executable`.program
      process.arguments = arguments
      let handle = FileHandle(fileDescriptor: other, closeOnDealloc: false)
      process.standardInput = keys == nil ? FileHandle.nullDevice : handle
      process.standardOutput = handle
      if let keys {
        process.standardError = handle
        // What is typed before the program reads waits for it.
        let bytes = Array(keys.utf8)
        try #require(write(terminal, bytes, bytes.count) == bytes.count)
      }
      try process.run()
      close(other)
      var output = Data()
      // A terminal that nobody writes to any more is read to an error on Linux, to its end elsewhere.
      var buffer = [UInt8](repeating: 0, count: 4096)
      while case let count = read(terminal, &buffer, buffer.count), count > 0 {
        output += buffer[..<count]
      }
      process.waitUntilExit()
      close(terminal)
      #expect(process.terminationStatus == 0)
      return String(decoding: output, as: UTF8.self).replacing("\r\n", with: "\n")
    }
  }
#endif
