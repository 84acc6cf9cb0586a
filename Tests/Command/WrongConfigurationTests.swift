import Foundation
import Testing

@testable import DragomanCommand

@Suite struct `Wrong configurations` {
  @Test func `are refused with every mistake named`() throws {
    let folder = testsFolder.appending(path: "WrongConfigurations")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names.count >= 10)
    let session = names.map { name in
      let recorder = Recorder()
      #expect(recorder.run("train", "--config", folder.appending(path: name).path) == .failure)
      #expect(recorder.results.isEmpty)
      return recorder.notes.replacingOccurrences(of: folder.path + "/", with: "")
    }.joined(separator: "\n")
    try expectSnapshot(session, "wrong-configurations.txt")
  }

  @Test func `and overrides are refused by the argument`() throws {
    let file = testsFolder.appending(path: "../../configs/phrasebook.json").path
    let recorder = Recorder()
    let code = recorder.run(
      "train", "--config", file, "--set", "model.dropout=2", "--set=model.encoder.cells=lstm")
    #expect(code == .failure)
    #expect(
      recorder.notes == """
        --set model.encoder.cells=lstm: model.encoder.cells is not a key of model.encoder of kind "recurrent"; \
        did you mean "cell"?
        --set model.dropout=2: model.dropout is 2; it must be in 0..<1

        """)
  }
}
