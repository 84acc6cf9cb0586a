import DragomanTestSupport
import DragomanTranslation
import Foundation
import Testing

@testable import DragomanCommand

@Suite struct `The examples of README, docs and help` {
  @Test func `run`() throws {
    let examples = try DocumentedExample.all()
    // Fewer would mean that they are not found any more.
    #expect(examples.count > 60)
    let world = try ExampleWorld()
    for example in examples {
      let found = try world.run(example.command)
      #expect(
        found.code == 0, "\(example.place): \(example.command): \(found.output.suffix(500))")
    }
  }

  /// What examples translate, and what a model of the demo's kind makes of it.
  @Test(arguments: [
    ("good morning", "Bonjour."), ("Good morning.", "Bonjour."), ("i love you", "Je vous aime."),
    ("Where is the hospital?", "Où est l'hôpital?"), ("where is the hospital", "Où est l'hôpital?"),
    ("This knife isn't light.", "Ce couteau n'est pas léger."),
    ("how do I get to the station?", "Comment aller à la gare?"),
  ]) func `are translated right`(_ phrase: String, _ expected: String) throws {
    let path = testsFolder.appending(path: "../Fixtures/demo/demo.safetensors").path
    let translator = try Translator(path: path)
    #expect(translator.translate(phrase).text == expected)
    #expect(translator.note(on: phrase) == nil)
  }

  @Test func `of other words are told to be unknown`() throws {
    let path = testsFolder.appending(path: "../Fixtures/demo/demo.safetensors").path
    let recorder = Recorder()
    #expect(recorder.run("translate", "--model", path, "zxcvb qwerty") == .success)
    #expect(recorder.notes == "the model has never met 'zxcvb' and 'qwerty'\n")
  }
}
