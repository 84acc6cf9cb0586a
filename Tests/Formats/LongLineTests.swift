import DragomanSystem
import Testing

@testable import DragomanFormats

@Suite struct `A line of a text` {
  private func gate(_ pieces: [[UInt8]], longest: Int) -> TextGate {
    var rest = pieces[...]
    return TextGate(path: "a.txt", longest: longest) { rest.popFirst() ?? [] }
  }

  @Test func `is refused once it is longer than is read`() throws {
    let zeros = [UInt8](repeating: 0x61, count: 40)
    var gate = gate([Array("short\n".utf8)] + Array(repeating: zeros, count: 100), longest: 100)
    #expect(try gate.next().map { Array($0.bytes) } == Array("short".utf8))
    let error = #expect(throws: TextError.self) { try gate.next() }
    #expect(
      error?.description == """
        a.txt:2: the line has more than 100 bytes. Put each sentence on a line of its own; if such lines are meant, \
        raise the limit: DRAGOMAN_LINE_BYTES=BYTES in the environment.
        """)
  }

  @Test func `may be as long as is read`() throws {
    var gate = gate([[UInt8](repeating: 0x61, count: 100), Array("\nb".utf8)], longest: 100)
    #expect(try gate.next()?.bytes.count == 100)
    #expect(try gate.next()?.bytes.count == 1)
  }
}
