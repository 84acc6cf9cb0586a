import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanCommand

@Suite struct `Explaining a classifier` {
  private let folder: TemporaryFolder
  private let texts: String
  private let images: String
  private let picture: String

  init() throws {
    folder = try TemporaryFolder()
    (texts, images) = (folder["texts.safetensors"], folder["images.safetensors"])
    picture = folder["one.png"]
    try SmallClassifier.file(SmallClassifier.texts()).write(to: texts)
    try SmallClassifier.file(SmallClassifier.images(SmallClassifier.convolutional()))
      .write(to: images)
    try SmallClassifier.write(SmallClassifier.image(), to: picture)
  }

  private func run(_ words: String...) -> SavedModel.Outcome {
    let recorder = Recorder()
    let code = recorder.run(["explain"] + words)
    return (code, recorder.results, recorder.notes)
  }

  @Test func `prints a walk of a text and of an image`() {
    let text = run("the cat", "--model", texts, "--gradients", "--target", "left of")
    #expect(text.code == .success && text.notes.isEmpty)
    #expect(text.results.hasPrefix("reads   the ") && text.results.contains("‖∂x‖"))
    #expect(text.results.contains("of left of, which was given\n"))
    let image = run(picture, "--model", images)
    #expect(image.code == .success && image.results.contains("6 × 8 pixels of 3 channels"))
    #expect(image.results.contains("encoder.stage.4") && !image.results.contains("gradient"))
  }

  @Test func `writes a page and an object`() throws {
    let path = folder["walk.html"]
    let page = run(picture, "--model", images, "--html", path)
    #expect(page.code == .success && page.results == path + "\n")
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    #expect(text.contains("id=\"image\"") && text.contains("data-grid=\"6 8\""))
    let object = run(picture, "--model", images, "--json", "--gradients")
    let json = try JSON.parse(Array(object.results.utf8), file: "output")
    #expect(json["image"]?.string == picture && json["gradients"]?["norm"] != nil)
    #expect(json["classes"]?.array?.count == 3)
  }

  @Test func `says what it cannot do`() {
    let unknown = run("the cat", "--model", texts, "--target", "abov")
    #expect(unknown.code == .failure)
    #expect(
      unknown.notes
        == "--target is 'abov', but the model has no such class; did you mean 'above'?\n")
    let missing = run(folder["none.png"], "--model", images)
    #expect(missing.code == .failure && missing.notes.contains("none.png"))
    let text = run(texts, "--model", images)
    #expect(text.code == .failure && text.notes.contains("texts.safetensors"))
  }
}
