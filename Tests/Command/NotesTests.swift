import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanCommand

@Suite struct `What is told beside results` {
  private func model(unknownTargets: Int = 0, words: [WordFilter] = []) throws -> SavedModel {
    let small = SmallModel.file()
    return try SavedModel(
      ModelFile(
        small.trained, configuration: small.configuration, record: small.record,
        learnt: LearntText(longestSource: 6, unknownTargets: unknownTargets, words: words)))
  }

  private func notes(_ model: SavedModel, _ words: String...) -> String {
    model.run(words + ["--model", model.path]).notes
  }

  @Test func `names words that the model has never met`() throws {
    let model = try model()
    let limit = ["--maximum-length", "40", "--set", "decoding.maximumRatio=20"]
    func told(_ phrases: String...) -> [Substring] {
      model.run(["translate", "--model", model.path] + limit + phrases).notes.split(separator: "\n")
        .filter { !$0.contains("cut off") }
    }
    #expect(told("the cat") == [])
    #expect(told("zxcvb qwerty") == ["the model has never met 'zxcvb' and 'qwerty'"])
    #expect(told("the cat", "the bird") == ["line 2: the model has never met 'bird'"])
    #expect(told("the cat", "the bird", "--quiet") == [])
    let many = (1...11).map { "w\($0)" }.joined(separator: " ")
    #expect(
      told(many)[0].hasSuffix(
        "'w8' and 3 more; 11 tokens, longer than any source in training (6 tokens)"))
    let lines = (1...25).map { "x\($0)" }
    let all = model.run(["translate", "--model", model.path] + limit + lines).notes
      .split(separator: "\n").filter { !$0.contains("cut off") }
    #expect(all.count == 21 && all[19] == "line 20: the model has never met 'x20'")
    #expect(all[20].hasPrefix("25 of 25 lines with words the model has never met: 'x1', 'x2'"))
  }

  @Test func `names lines that are too long, and translations that were cut off`() throws {
    let model = try model()
    let long = notes(model, "translate", "--maximum-length", "3", "a b c d e f g h")
    #expect(long.contains("8 tokens, longer than any source in training (6 tokens)\n"))
    let cut = SmallModel.file()
    let saved = try SavedModel(cut)
    let told = saved.run(["translate", "--model", saved.path, "--maximum-length", "1", "the cat"])
    #expect(
      told.notes
        == "1 of 1 translations was cut off at 1 token; the limit is set by --maximum-length\n")
    let two = saved.run([
      "translate", "--model", saved.path, "--maximum-length", "1", "the cat", "the mat",
    ])
    #expect(two.notes.hasPrefix("2 of 2 translations were cut off at 1 token;"))
  }

  @Test func `sums up what is evaluated and scored`() throws {
    let model = try model()
    try model.folder.write("source.txt", "the cat\nthe bird sat\na b c d e f g h\n")
    try model.folder.write("reference.txt", "a\nb\nc\n")
    let told = notes(
      model, "evaluate", "--source", model.folder["source.txt"], "--reference",
      model.folder["reference.txt"], "--maximum-length", "1")
    #expect(told.contains("1 of 3 sources with words the model has never met: 'bird'\n"))
    #expect(told.contains("1 of 3 sources longer than any source in training (6 tokens)\n"))
    #expect(told.contains("3 of 3 translations were cut off at 1 token"))
    let scored = notes(model, "score", "the bird", "the fish")
    #expect(
      scored == """
        the model has never met 'bird'
        1 of 1 targets with words the model has never met: 'fish'

        """)
    #expect(notes(model, "score", "--quiet", "the bird", "the fish").isEmpty)
    #expect(notes(model, "explain", "the bird") == "the model has never met 'bird'\n")
    #expect(notes(model, "explain", "--quiet", "the bird").isEmpty)
  }

  @Test func `says that unknown words are not replaced where there are none`() throws {
    let key = "decoding.replaceUnknown=true"
    let none = try model()
    try none.folder.write("words.tsv", "cat\tchat\n")
    let told = notes(none, "translate", "--set", key, "the cat")
    #expect(
      told.hasPrefix(
        "decoding.replaceUnknown has no effect: this model met no unknown word in training, so it never writes one; "
          + "a model with tokenizer.minimumFrequency 2 would\n"))
    #expect(
      notes(none, "translate", "--dictionary", none.folder["words.tsv"], "the cat")
        .hasPrefix("--dictionary has no effect: "))
    #expect(!notes(none, "translate", "--quiet", "--set", key, "the cat").contains("no effect"))
    let some = try model(unknownTargets: 3)
    #expect(!notes(some, "translate", "--set", key, "the cat").contains("no effect"))
    // A file of an earlier version does not tell.
    let old = try SavedModel()
    #expect(!notes(old, "translate", "--set", key, "the cat").contains("no effect"))
    let pieces = try SavedModel(SmallModel.file(vocabularySize: 300, tokenizer: .bpe))
    #expect(
      notes(pieces, "translate", "--set", key, "the cat").hasPrefix(
        "decoding.replaceUnknown has no effect: this model writes pieces of words, and none is unknown to it\n"
      ))
  }

  @Test func `marks words that the model is not sure of`() throws {
    let model = try model()
    func translated(_ words: String..., hasColour: Bool = false) -> SavedModel.Outcome {
      model.run(
        ["translate", "--model", model.path, "--maximum-length", "4", "the cat sat"] + words,
        hasColour: hasColour)
    }
    let plain = translated().results
    #expect(!plain.contains("(?)"))
    let all = translated("--mark-below", "1")
    #expect(all.results.split(separator: " ").allSatisfy { $0.contains("(?)") })
    #expect(all.results.replacing("(?)", with: "") == plain)
    #expect(
      all.notes.contains("(?): the model is less than 100 % sure of the word (--mark-below)\n"))
    let dim = translated("--mark-below", "1", hasColour: true)
    #expect(dim.results.contains("\u{1B}[2m") && dim.notes.contains("dim: the model"))
    #expect(translated("--mark-below", "0").results == plain)
    let words = ["translate", "--model", model.path, "--maximum-length", "4", "the cat sat"]
    let seen = model.run(words, isScreen: true)
    #expect(seen.results == translated("--mark-below", "0.3").results)
    #expect(model.run(words + ["--json"], isScreen: true).results.contains("(?)") == false)
    #expect(!translated("--mark-below", "0.5", "--quiet").notes.contains("sure"))
    for wrong in ["2", "-0.5", "x"] {
      let found = translated("--mark-below", wrong)
      #expect(found.code == .usage && found.notes.contains("a probability from 0 to 1"))
    }
    #expect(translated("--mark-below", "0.5", "--json").code == .usage)
  }
}
