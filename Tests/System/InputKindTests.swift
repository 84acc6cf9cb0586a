import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanSystem

/// What has no end, or nobody behind it, is not waited for.
@Suite struct `What is read` {
  @Test func `is not a device`() throws {
    let error = #expect(throws: FileError.self) { try Files.read("/dev/zero") }
    #expect(
      error?.description
        == "/dev/zero: cannot read it: it is a device, which has no end, and no file or pipe.")
    #expect(try Files.read("/dev/null").isEmpty)
  }

  @Test func `is not a pipe without a writer`() throws {
    let folder = try TemporaryFolder()
    try #require(mkfifo(folder["pipe"], 0o600) == 0)
    let start = ContinuousClock.now
    let error = #expect(throws: FileError.self) { try Files.read(folder["pipe"]) }
    #expect(
      error?.description
        == "\(folder["pipe"]): cannot read it: it is a pipe into which nobody writes. Begin what writes into it first."
    )
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func `may be a pipe whose writer takes its time`() throws {
    let folder = try TemporaryFolder()
    let path = folder["pipe"]
    try #require(mkfifo(path, 0o600) == 0)
    let writer = Thread {
      let descriptor = open(path, O_WRONLY)
      Thread.sleep(forTimeInterval: 0.3)
      _ = write(descriptor, "slow", 4)
      close(descriptor)
    }
    writer.start()
    #expect(try Files.read(path) == Array("slow".utf8))
  }

  @Test func `has an end within limits`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("file", [UInt8](repeating: 7, count: 100))
    #expect(try Files.read(path, atMost: 100).count == 100)
    let error = #expect(throws: FileError.self) { try Files.read(path, atMost: 99) }
    #expect(
      error?.description == """
        \(path): cannot read it: it has more than 99 bytes. If it is meant, raise the limit: \
        DRAGOMAN_FILE_BYTES=BYTES in the environment.
        """)
  }

  @Test func `has limits that the environment states`() {
    let stated = Limits { ["DRAGOMAN_LINE_BYTES": "17", "DRAGOMAN_LINE_TOKENS": "-4"][$0] }
    #expect(stated.lineBytes == 17 && stated.lineTokens == Limits().lineTokens)
    #expect(Limits { _ in nil } == Limits())
    #expect(Limits.problem { ["DRAGOMAN_LINE_BYTES": "17", "DRAGOMAN_FILE_BYTES": ""][$0] } == nil)
    for value in ["-4", "0", "many", "1099511627777"] {
      #expect(
        Limits.problem { ["DRAGOMAN_LINE_TOKENS": value][$0] }
          == "DRAGOMAN_LINE_TOKENS: expected a whole number from 1 to 1099511627776, found something else"
      )
    }
  }
}
