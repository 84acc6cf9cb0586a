import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanCommand

@Suite struct `Exporting` {
  private let saved: SavedModel
  private var folder: TemporaryFolder { saved.folder }
  private var model: String { saved.path }

  init() throws {
    saved = try SavedModel(
      SmallModel.file { configuration in
        configuration.embedding = 32
        configuration.recurrentEncoder.hidden = 24
        configuration.recurrentDecoder.hidden = 40
        configuration.attention.size = 24
      })
  }

  private func run(_ words: String...) -> SavedModel.Outcome { saved.run(words) }

  @Test func `writes a smaller file beside the model, and says how much is lost`() throws {
    let found = run("export", model, "--precision", "int8")
    let small = folder["model-int8.safetensors"]
    #expect(found.code == .success && found.results == small + "\n")
    #expect(
      found.notes.hasPrefix("int8: ")
        && found.notes.contains(" tensors rounded, which changes the weights by 0."))
    #expect(try Files.size(small) < Files.size(model) * 2 / 5)
    let quiet = run("export", "--model", model, "--precision=f16", "-o", folder["h"], "--quiet")
    #expect(quiet.results == folder["h"] + "\n" && quiet.notes.isEmpty)
    let plain = run("export", model, "--precision", "f32", "--output", folder["f"])
    #expect(plain.notes.hasSuffix("; no tensor was rounded\n"))
    #expect(try Files.read(folder["f"]) == Files.read(model))
  }

  @Test func `gives what every command reads`() throws {
    let small = folder["small.safetensors"]
    #expect(run("export", model, "--precision", "int8", "-o", small).code == .success)
    let pairs = try folder.write("pairs.tsv", "the cat\ta b\n")
    for words in [
      ["translate", "--model", small, "--quiet", "the cat"],
      ["score", "--model", small, "the cat", "a b"],
      ["inspect", small], ["inspect", small, "--tensor", "output.weight"],
      ["inspect", small, "--against", model], ["explain", "--model", small, "the cat"],
      ["evaluate", "--model", small, "--pairs", pairs],
    ] {
      let found = saved.run(words)
      #expect(found.code == .success, "\(words): \(found.notes)")
    }
    #expect(
      run("inspect", small).results.contains(
        "precision: int8, rounded by dragoman \(Translator.version)\n"))
    let compared = run("inspect", model, "--against", small).results
    #expect(
      compared.contains("output.weight") && compared.contains(" tensors are equal")
        && !compared.contains(".scale"))
  }

  @Test func `goes to standard output as the file that it would be`() throws {
    let small = folder["small.safetensors"]
    #expect(run("export", model, "--precision", "bf16", "-o", small).code == .success)
    let found = try ProgramProcess(in: folder.path).run(
      ["export", model, "--precision", "bf16", "-o", "-"])
    #expect(found.code == 0 && found.notes.isEmpty)
    #expect(try found.bytes == Files.read(small))
  }

  @Test func `says what it cannot do`() throws {
    #expect(
      run("export", model, "--precision", "int8", "-o", model).notes
        == "\(model): this is the model itself, and what rounding loses does not come back. Name another file with "
        + "--output.\n")
    #expect(
      run("export", model, "--precision", "int4").notes.hasPrefix(
        "dragoman: '--precision' is 'int4'; it must be one of f32, f16, bf16, int8\n"))
    #expect(
      run("export", model).notes.hasPrefix("dragoman: 'export' needs --precision PRECISION\n"))
    #expect(run("export", model, "--precision", "f16", "-o", "-", "--json").code == .usage)
    let small = folder["small.safetensors"]
    #expect(run("export", model, "--precision", "int8", "-o", small).code == .success)
    let averaged = run("average", model, small, "--output", folder["a"])
    #expect(averaged.code == .failure)
    #expect(
      averaged.notes
        == "\(small): its weights are int8, rounded by dragoman \(Translator.version), and rounding loses more than "
        + "averaging wins. Average the models that were exported, then export their average.\n")
  }
}
