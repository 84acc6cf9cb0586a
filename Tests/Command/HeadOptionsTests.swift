import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanCommand

@Suite struct `Heads at the command line` {
  private let saved: SavedModel

  init() throws { saved = try SavedModel(SmallModel.transformer()) }

  private func run(_ words: String...) -> SavedModel.Outcome {
    saved.briefly(["translate", "the cat"] + words)
  }

  /// The weights that `--json` prints with these options.
  private func weights(_ options: String...) throws -> [[Double]] {
    let found = saved.briefly(["translate", "the cat", "--attention", "--json"] + options)
    #expect(found.code == .success && found.notes.isEmpty)
    let object = try JSON.parse(Array(found.results.utf8), file: "output")
    return try #require(object["attention"]?.array).map { $0.array?.compactMap(\.double) ?? [] }
  }

  @Test func `are the mean of the last layer's unless others are chosen`() throws {
    let sizes = SmallModel.decoderSizes
    let standard = try weights()
    #expect(try weights("--layer", "\(sizes.layers)") == standard)
    var seen = [standard, try weights("--layer", "1")]
    #expect(seen[0] != seen[1])
    for layer in 1...sizes.layers {
      let heads = try (1...sizes.heads).map {
        try weights("--layer", "\(layer)", "--head", "\($0)")
      }
      for (row, mean) in try weights("--layer", "\(layer)").enumerated() {
        for (column, weight) in mean.enumerated() {
          let sum = heads.reduce(0) { $0 + $1[row][column] }
          #expect(abs(sum / Double(sizes.heads) - weight) < 1e-6)
        }
      }
      for weights in heads {
        #expect(weights.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-5 } && !seen.contains(weights))
        seen.append(weights)
      }
      if layer == sizes.layers {
        // A head without a layer is one of the last.
        for (head, weights) in heads.enumerated() {
          #expect(try self.weights("--head", "\(head + 1)") == weights)
        }
      }
    }
  }

  @Test func `are what pictures and alignments show, and change no translation`() throws {
    let (plain, drawn) = (run("--attention"), run("--attention", "--layer", "1", "--head", "2"))
    let texts = [plain, drawn].map { $0.results.split(separator: "\n")[0] }
    #expect(drawn.code == .success && drawn.results != plain.results && texts[0] == texts[1])
    let rows = run("--alignment", "tsv", "--layer", "1", "--head", "2").results
      .split(separator: "\n").dropFirst().compactMap { Double($0.split(separator: "\t")[5]) }
    #expect(rows == (try weights("--layer", "1", "--head", "2")).flatMap(\.self))
    let beam = run("--beam", "3", "--n-best", "3", "--attention", "--head", "1")
    #expect(beam.code == .success)
  }

  @Test func `fill the page, whatever is chosen`() throws {
    let page = saved.folder["page.html"]
    #expect(run("--html", page).code == .success)
    let all = String(decoding: try Files.read(page), as: UTF8.self)
    #expect(all.contains("name=\"encoder-1\"") && all.contains("aria-label=\"layer 2, head 4\""))
    #expect(run("--html", page, "--attention", "--layer", "1").code == .success)
    #expect(String(decoding: try Files.read(page), as: UTF8.self) == all)
  }

  @Test func `are counted from 1, and no more than there are`() {
    for (options, message) in [
      (
        ["--layer", "3"],
        "'--layer' is '3'; it must be from 1 to 2: this model's decoder has 2 layers of 4 heads"
      ),
      (
        ["--head", "5"],
        "'--head' is '5'; it must be from 1 to 4: this model's decoder has 2 layers of 4 heads"
      ),
      (["--layer", "0"], "'--layer' is '0'; it must be a whole number of at least 1"),
      (
        ["--layer", "1", "--head", "x"], "'--head' is 'x'; it must be a whole number of at least 1"
      ),
    ] {
      let found = saved.briefly(["translate", "the cat", "--attention"] + options)
      #expect(found.code == .usage && found.results.isEmpty)
      #expect(found.notes == "dragoman: \(message)\nTry: dragoman help translate\n")
    }
  }

  @Test func `are refused where nothing shows them`() {
    for options in [[], ["--json"], ["--html", "page.html"]] {
      let found = saved.briefly(["translate", "the cat", "--layer", "1", "--head", "1"] + options)
      #expect(found.code == .usage && found.results.isEmpty)
      #expect(
        found.notes.contains(
          "'--layer' is '1'; it must be left out where neither --attention nor --alignment shows weights"
        ))
    }
  }

  @Test func `are refused by models without them, and by several`() throws {
    for file in [SmallModel.file(), SmallModel.transformer(.encoder)] {
      let recurrent = try SavedModel(file)
      let found = recurrent.briefly(["translate", "the cat", "--attention", "--head", "1"])
      #expect(found.code == .usage && found.results.isEmpty)
      #expect(
        found.notes.contains(
          "'--head' is '1'; it must be left out: this model's decoder is recurrent and has no heads"
        ))
      #expect(recurrent.briefly(["translate", "the cat", "--attention"]).code == .success)
    }
    let several = run("--attention", "--layer", "1", "--model", saved.path)
    #expect(several.code == .usage && several.results.isEmpty)
    #expect(
      several.notes.contains(
        "'--layer' is '1'; it must be left out where several models write together: each has heads of its own"
      ))
    #expect(run("--attention", "--model", saved.path).code == .success)
  }
}
