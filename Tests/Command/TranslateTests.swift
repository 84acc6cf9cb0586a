import DragomanFormats
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanCommand

@Suite struct `Translating` {
  private let saved: SavedModel
  private var folder: TemporaryFolder { saved.folder }
  private var model: String { saved.path }

  init() throws { saved = try SavedModel() }

  private func run(_ words: String...) -> SavedModel.Outcome { saved.briefly(words) }

  private func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }

  @Test func `gives a line for a line`() {
    for options in [[], ["--beam", "4"], ["--sample"], ["--set", "decoding.noRepeat=1"]] {
      let recorder = Recorder()
      let code = recorder.run(
        ["translate", "the cat", "a b c", "--model", model, "--maximum-length", "8", "--quiet"]
          + options)
      #expect(code == .success && recorder.notes.isEmpty)
      #expect(recorder.results.filter { $0 == "\n" }.count == 2)
    }
  }

  @Test func `numbers the translations of an n-best list`() {
    let found = run("translate", "--beam", "3", "--n-best", "2", "the cat", "a b c")
    #expect(found.code == .success)
    let columns = lines(found.results).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    #expect(columns.map { $0[0] } == ["1", "1", "2", "2"])
    #expect(columns.allSatisfy { $0.count == 3 })
    #expect(columns.allSatisfy { $0[1].wholeMatch(of: #/-?\d+\.\d{4}/#) != nil })
  }

  @Test func `prints ranks, scores and confidences as JSON`() throws {
    let found = run("translate", "--beam", "3", "--n-best", "3", "--json", "the cat")
    let objects = try lines(found.results).map { try JSON.parse(Array($0.utf8), file: "output") }
    #expect(objects.map { $0["line"]?.int } == [1, 1, 1])
    #expect(objects.map { $0["rank"]?.int } == [1, 2, 3])
    for object in objects {
      let confidences = try #require(object["confidences"]?.array).compactMap(\.double)
      #expect(confidences.count == object["targetTokens"]?.array?.count)
      #expect(confidences.allSatisfy { (0...1).contains($0) })
      #expect(object["score"]?.double != nil)
    }
  }

  @Test func `widens the beam for as many translations as are wanted, and says so`() {
    let wide = saved.run([
      "translate", "--model", model, "--maximum-length", "8", "--n-best", "3", "the cat",
    ])
    #expect(wide.code == .success)
    #expect(wide.notes.hasPrefix("beam: 3 instead of 1, for as many translations\n"))
    #expect(run("translate", "--n-best", "3", "the cat").notes.isEmpty)
    #expect(wide.results == run("translate", "--beam", "3", "--n-best", "3", "the cat").results)
    #expect(run("translate", "--n-best", "1", "the cat").notes.isEmpty)
  }

  @Test func `begins with a prefix`() {
    #expect(run("translate", "--prefix", "cat sat", "a b").results.hasPrefix("cat sat"))
    let known = ["translate", "--model", model, "--maximum-length", "8", "--prefix"]
    #expect(!saved.run(known + ["cat", "the cat"]).notes.contains("--prefix"))
    let unknown = saved.run(known + ["cat qux", "the cat"])
    #expect(unknown.results.hasPrefix("cat qux"))
    #expect(
      unknown.notes.hasPrefix(
        "--prefix: the model has never met 'qux', and reads <unk> in its place\n"))
  }

  @Test func `draws the same again, and something else by another seed`() {
    func draw(_ seed: Int) -> String {
      run("translate", "--sample", "--n-best", "4", "--set", "decoding.seed=\(seed)", "a b").results
    }
    #expect(draw(1) == draw(1) && draw(1) != draw(2))
    #expect(lines(draw(1)).count == 4)
  }

  @Test func `refuses what does not go together`() {
    let wide = run("translate", "--n-best", "3", "--beam", "2", "a")
    #expect(wide.code == .usage && wide.notes.contains("at most the beam, which is 2"))
    let set = run("translate", "--n-best", "3", "--set", "decoding.beam=2", "a")
    #expect(set.code == .usage && set.notes.contains("'--n-best' is '3'; it must be at most"))
    let both = run("translate", "--beam", "3", "--sample", "a")
    #expect(both.code == .usage && both.notes.contains("contradict each other"))
    let key = run("translate", "--set", "decoding.baem=3", "a")
    #expect(key.code == .failure && key.notes.contains("did you mean \"beam\""))
    let words = run("translate", "--dictionary", folder["none.tsv"], "a")
    #expect(words.code == .failure && words.notes.contains("none.tsv"))
  }

  @Test func `evaluates with a beam and several models`() throws {
    try folder.write("a.src", "the cat\na b\n")
    try folder.write("a.ref", "the cat\r\na b\r\n")
    let found = run(
      "evaluate", "--model", model, "--beam", "3", "--source", folder["a.src"], "--reference",
      folder["a.ref"])
    #expect(found.code == .success && found.results.contains("BLEU"))
    let finished = run(
      "evaluate", "--hypothesis", folder["a.ref"], "--reference", folder["a.ref"])
    #expect(finished.code == .usage && finished.notes.contains("contradict"))
  }
}
