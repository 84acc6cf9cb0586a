import DragomanFormats
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanCommand

/// Models whose weights are finite and so large that what they compute is not: nothing is made of that.
@Suite struct `A model that computes no numbers` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallClassifier.write(SmallClassifier.image(), to: folder["a.png"])
    try AtomicFile.write(
      ArrayBytes.npy("<f4", [1, 2, 3], ArrayBytes.floats([1, 2, 3, 4, 5, 6])), to: folder["a.npy"])
    try folder.write("images.tsv", "\(folder["a.png"])\tleft of\n")
    try folder.write("features.tsv", "\(folder["a.npy"])\tleft of\n")
  }

  /// Infinities of both signs meet in sums.
  private func spoil(_ weights: Parameters) {
    for entry in weights.layout.entries where !entry.isStatistic {
      let matrix = weights[entry.handle]
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns {
          matrix[row, column] = column % 2 == 0 ? 3e38 : -3e38
        }
      }
    }
  }

  private func expectRefusal(_ words: String..., name: String) {
    let recorder = Recorder()
    #expect(recorder.run(words) == .failure)
    #expect(recorder.results == "")
    #expect(
      recorder.notes.contains("\(folder[name])"),
      "\(words.joined(separator: " ")): \(recorder.notes)")
    #expect(
      recorder.notes.contains("what the model computes is infinite or no number: its weights"))
  }

  @Test func `writes no captions`() throws {
    for (model, name, pairs) in [
      (SmallCaptioner.images(), "a.png", "images.tsv"),
      (SmallCaptioner.features(), "a.npy", "features.tsv"),
    ] {
      spoil(model.weights)
      let path = folder["model.safetensors"]
      try SmallCaptioner.file(model).write(to: path)
      expectRefusal("caption", "--model", path, folder[name], name: name)
      expectRefusal("caption", "--model", path, "--n-best", "2", "--json", folder[name], name: name)
      expectRefusal("evaluate", "--model", path, "--pairs", folder[pairs], name: name)
    }
  }

  @Test func `names the line, whichever batch it is in`() throws {
    let model = SmallClassifier.texts()
    let path = folder["model.safetensors"]
    spoil(model.weights)
    try SmallClassifier.file(model).write(to: path)
    for (texts, place) in [(["a"], ""), (["a", "b"], "line 1: ")] {
      let recorder = Recorder()
      #expect(recorder.run(["classify", "--model", path, "--quiet"] + texts) == .failure)
      #expect(recorder.notes.hasPrefix("\(place)what the model computes is infinite"))
    }
  }

  @Test func `finds no classes`() throws {
    for (model, name) in [
      (SmallClassifier.images(SmallClassifier.vision()), "a.png"),
      (SmallClassifier.features(), "a.npy"),
    ] {
      spoil(model.weights)
      let path = folder["model.safetensors"]
      try SmallClassifier.file(model).write(to: path)
      expectRefusal("classify", "--model", path, folder[name], name: name)
    }
  }
}
