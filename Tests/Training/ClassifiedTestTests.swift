import DragomanFormats
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `Examples that a classifier is tested with` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func classifier(_ model: TrainedClassifier, isBroken: Bool) throws -> ExampleClassifier {
    if isBroken {
      // Infinities of both signs meet in sums.
      for column in 0..<model.weights.slab.columns {
        model.weights.slab[0, column] = column % 2 == 0 ? 3e38 : -3e38
      }
    }
    let path = folder["model.safetensors"]
    try SmallClassifier.file(model).write(to: path)
    return try ExampleClassifier(path: path, threads: 1)
  }

  @Test func `keep their numbers where only a part is classified`() throws {
    try folder.write("a.tsv", "a b\tabove\nb\tabove\na\tabove\n")
    let test = try ClassifiedTest([.tsv(folder["a.tsv"])], RunConfiguration())
    let whole = try classifier(SmallClassifier.texts(), isBroken: false)
    let found = try test.found(by: whole, in: 0..<3)
    #expect(try test.found(by: whole, in: 1..<3) == Array(found[1...]))
    let broken = try classifier(SmallClassifier.texts(), isBroken: true)
    #expect(throws: NoNumber(line: 2)) { try test.found(by: broken, in: 1..<3) }
  }

  @Test func `are named where a model finds nothing of them`() throws {
    try SmallClassifier.write(SmallClassifier.image(), to: folder["a.png"])
    try AtomicFile.write(
      ArrayBytes.npy("<f4", [1, 2, 3], ArrayBytes.floats([1, 2, 3, 4, 5, 6])), to: folder["a.npy"])
    for (name, kind, model) in [
      ("a.png", "vision", SmallClassifier.images(SmallClassifier.vision())),
      ("a.npy", "features", SmallClassifier.features()),
    ] {
      try folder.write("a.tsv", "\(folder[name])\tabove\n\(folder[name])\tabove\n")
      let configuration = try RunConfiguration.parse(
        Array(
          """
          {"task": "classification", "data": {"train": ["a.tsv"], "validation": ["a.tsv"]},
           "classifier": {"encoder": {"kind": "\(kind)"}}}
          """.utf8), file: "a.json")
      let test = try ClassifiedTest([.tsv(folder["a.tsv"])], configuration)
      let broken = try classifier(model, isBroken: true)
      let error = #expect(throws: NoNumber.self) { try test.found(by: broken, in: 1..<2) }
      #expect(error == NoNumber(of: folder[name]))
    }
  }
}
