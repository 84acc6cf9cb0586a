import DragomanSystem
import DragomanFormats
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanReporting

@Suite struct `A diagnosis` {
  private let screen = Diagnosis.Screen(
    isTyped: true, isInteractive: false, hasColour: false, noColour: true, width: 72)

  @Test func `finds nothing wrong with what works`() throws {
    let folder = try TemporaryFolder()
    let found = Diagnosis(version: "1.2.3", threads: 2, folder: folder.path, screen: screen)
    #expect(!found.isSick)
    // Three tasks for each instruction set, one product in double precision and one file.
    #expect(found.checks.count == 3 * Kernels.available.count + 2)
    let left = try Files.list(folder.path)
    #expect(left.isEmpty)
    #expect(found.peak > 1e8 && found.bandwidth > 1e8 && (found.memory ?? 1) > 0)
    let text = found.lines.joined(separator: "\n")
    for part in [
      "version       1.2.3", "threads       2 of ", "messages on a screen no, 72 columns",
      "colours       no, NO_COLOR is set", "ok     products: portable on 2 threads", "all is well",
    ] { #expect(text.contains(part), "'\(part)' is missing in\n\(text)") }
    let json = try JSON.parse(Array(found.json.serialized().utf8), file: "doctor")
    #expect(json["isWell"]?.bool == true && json["checks"]?.array?.count == found.checks.count)
    #expect(json["terminal"]?["width"]?.int == 72)
  }

  @Test func `tells what is wrong`() {
    let found = Diagnosis(version: "1", threads: 1, folder: "/nonexistent", screen: screen)
    #expect(found.isSick && found.lines.contains { $0.hasPrefix("WRONG  safetensors file in ") })
    #expect(found.lines.last?.hasPrefix("something is wrong") == true)
    #expect(found.json["isWell"]?.bool == false)
  }

  @Test func `sees a single bit`() {
    let numbers: [Float] = [1, 2, 3]
    #expect(ArithmeticCheck.difference(numbers, numbers) == nil)
    #expect(
      ArithmeticCheck.difference([1, Float(2).nextUp, 3], numbers)
        == "1 of 3 numbers differ; number 1 should be 2.0 and is 2.0000002")
    #expect(ArithmeticCheck.difference([0], [-0.0]) != nil)
    #expect(ArithmeticCheck.difference([1], numbers) == "expected 3 numbers, found 1")
  }
}
