import DragomanTestSupport
import Foundation
import Testing

/// A few of the configurations by chance that `make fuzz` trains for as long as it is told.
@Suite(.enabled(if: Python.runs("import json"), "python3 is not there"))
struct `Random configurations of all families` {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fuzz/configurations.py").path

  @Test(arguments: [3, 4]) func `train, or are refused in words`(_ seed: Int) throws {
    let program = `The executable`.program.path
    let (code, output) = try Python.run([
      Self.script, "--dragoman", program, "--count", "12", "--seed", "\(seed)",
    ])
    #expect(code == 0, "\(output)")
    #expect(output.contains("configurations trained") && output.contains(" 0 findings"))
  }
}
