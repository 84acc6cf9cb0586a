import DragomanTestSupport
import DragomanTranslation
import Foundation
import Testing

#if os(Linux)
  /// The program on a terminal, and where it only seems to be on one.
  @Suite struct `On a terminal` {
    private let saved: SavedModel

    init() throws { saved = try SavedModel() }

    /// What `translate --attention` writes to a terminal of so many columns.
    private func attention(
      columns: UInt16, environment: [String: String], words: String
    ) throws -> String {
      let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var (lock, number) = (Int32(0), Int32(0))
      // TIOCSPTLCK and TIOCGPTN, as the kernel numbers them: unlock the other end, and say which it is.
      let answers = [
        ioctl(terminal, 0x4004_5431 as UInt, &lock), ioctl(terminal, 0x8004_5430 as UInt, &number),
      ]
      try #require(terminal >= 0 && answers == [0, 0])
      let other = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
      try #require(other >= 0)
      var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
      let status = ioctl(other, UInt(TIOCSWINSZ), &size)
      #expect(status == 0)
      let process = Process()
      process.environment = ProcessInfo.processInfo.environment
        .merging(["TERM": "xterm-256color", "NO_COLOR": ""]) { $1 }.merging(environment) { $1 }
      process.executableURL = `The executable`.program
      process.arguments = [
        "translate", "--attention", "--maximum-length", "4", "--model", saved.path, words,
      ]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle(fileDescriptor: other, closeOnDealloc: false)
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

    @Test func `attention has colours and keeps to the columns`() throws {
      let words = Array(repeating: "the cat", count: 15).joined(separator: " ")
      let found = try attention(columns: 50, environment: [:], words: words)
      #expect(found.contains("\u{1B}[48;5;") && !found.contains("█"))
      for line in found.replacing(/\u{1B}\[[0-9;]*m/, with: "").split(separator: "\n").dropFirst() {
        #expect(line.count <= 50)
      }
    }

    @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]])
    func `attention has no colours if nobody wants them`(_ environment: [String: String]) throws {
      let found = try attention(columns: 80, environment: environment, words: "the cat")
      #expect(!found.contains("\u{1B}") && found.contains("</s>") && found.contains("·"))
    }
  }
#endif
