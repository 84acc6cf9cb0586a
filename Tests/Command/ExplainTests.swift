import DragomanSystem
import DragomanFormats
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanCommand

@Suite struct `Explaining` {
  private let saved: SavedModel
  private var folder: TemporaryFolder { saved.folder }
  private var model: String { saved.path }

  init() throws { saved = try SavedModel() }

  private func run(_ words: String...) -> SavedModel.Outcome { saved.run(words) }

  @Test func `prints a walk`() {
    let found = run("explain", "the cat", "--model", model, "--target", "a b", "--gradients")
    #expect(found.code == .success && found.notes.isEmpty)
    #expect(found.results.hasPrefix("reads   the ") && found.results.contains("‖∂x‖"))
    #expect(!run("explain", "the cat", "--model", model).results.contains("‖∂x‖"))
  }

  @Test func `writes a page`() throws {
    let path = folder["walk.html"]
    let found = run("explain", "the cat", "--model", model, "--html", path)
    #expect(found.code == .success && found.results == path + "\n")
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    #expect(text.contains("<h1 dir=\"auto\">the cat</h1>") && !text.contains("id=\"gradients\""))
  }

  @Test func `prints an object`() throws {
    let found = run("explain", "the cat", "--model", model, "--json", "--gradients")
    let object = try JSON.parse(Array(found.results.utf8), file: "output")
    #expect(object["source"]?["line"]?.string == "the cat" && object["gradients"] != nil)
  }

  @Test func `says what it cannot do`() {
    #expect(run("explain", " ", "--model", model).code == .failure)
    #expect(
      run("explain", " ", "--model", model).notes
        == "the phrase has no words: expected a text with at least one\n")
    #expect(run("explain", "a", "--html", "x.html", "--json").code == .usage)
    #expect(run("explain").code == .usage && run("explain", "a", "b").code == .usage)
    let missing = run("explain", "a", "--model", folder["none.safetensors"])
    #expect(missing.code == .failure && missing.notes.contains("none.safetensors"))
    let nowhere = run("explain", "a", "--model", model, "--html", folder["no/folder/walk.html"])
    #expect(nowhere.code == .failure && nowhere.notes.contains("no/folder"))
  }

  @Test func `writes an inspection as a page`() throws {
    let path = folder["model.html"]
    let found = run("inspect", model, "--html", path)
    #expect(found.code == .success && found.results == path + "\n")
    #expect(String(decoding: try Files.read(path), as: UTF8.self).contains("<h2>Tensors</h2>"))
    for other in ["--json", "--tensors", "--history"] {
      let refused = run("inspect", model, "--html", path, other)
      #expect(refused.code == .usage && refused.notes.contains("--html"))
    }
    #expect(run("inspect", model, "--html", path, "--threads", "1").code == .success)
  }
}
