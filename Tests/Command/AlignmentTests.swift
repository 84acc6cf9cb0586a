import DragomanSystem
import DragomanFormats
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanCommand

@Suite struct `Attention at the command line` {
  private let saved: SavedModel
  private var folder: TemporaryFolder { saved.folder }

  init() throws { saved = try SavedModel() }

  private func run(
    _ words: [String], hasColour: Bool = false, width: Int = 80
  ) -> SavedModel.Outcome {
    saved.briefly(["translate"] + words, hasColour: hasColour, width: width)
  }

  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
  }

  @Test func `is drawn in the width of the terminal, in colours where it has some`() {
    let long = Array(repeating: "the cat sat on the mat", count: 9).joined(separator: " ")
    for options in [[], ["--beam", "3"], ["--sample"], ["--beam", "3", "--n-best", "2"]] {
      let plain = run([long, "--attention"] + options, width: 60)
      #expect(plain.code == .success && !plain.results.contains("\u{1B}"))
      let pictures = lines(plain.results).filter { $0.hasPrefix("  ") }
      #expect(pictures.count > 8 && pictures.allSatisfy { $0.count <= 60 })
      let coloured = run([long, "--attention"] + options, hasColour: true)
      #expect(coloured.results.contains("\u{1B}[48;5;"))
      #expect(!coloured.results.contains("█") && !coloured.results.contains("░"))
    }
  }

  @Test func `is in JSON without escapes`() throws {
    let found = run(
      ["a b", "--attention", "--json", "--beam", "2", "--n-best", "2"], hasColour: true)
    for line in lines(found.results) {
      let object = try JSON.parse(Array(line.utf8), file: "output")
      let rows = try #require(object["attention"]?.array)
      #expect(rows.count == object["targetTokens"]?.array?.count)
      #expect(rows.allSatisfy { $0.array?.count == 3 })
    }
  }

  @Test func `becomes pairs of words`() {
    let found = run(["the cat", "", "a b c", "--alignment", "pharaoh"])
    #expect(found.code == .success && found.notes.isEmpty)
    let rows = lines(found.results)
    let texts = lines(run(["the cat", "", "a b c"]).results)
    #expect(rows.count == 3 && rows[1] == "")
    for (row, (text, source)) in zip(rows, zip(texts, [2, 0, 3])) {
      let pairs = row.split(separator: " ").map { $0.split(separator: "-").compactMap { Int($0) } }
      #expect(pairs.map { $0[1] } == Array(0..<text.split(separator: " ").count))
      #expect(pairs.allSatisfy { $0[0] < source })
    }
  }

  @Test func `becomes objects and rows`() throws {
    let object = try JSON.parse(
      Array(run(["the cat", "--alignment", "json", "--beam", "2"]).results.utf8), file: "output")
    #expect(object["line"]?.int == 1 && object["source"]?.string == "the cat")
    #expect(object["sourceTokens"]?.array?.compactMap(\.string) == ["the", "cat", "</s>"])
    #expect(object["sourceWords"]?.array?.map(\.int) == [0, 1, nil])
    let target = try #require(object["targetTokens"]?.array)
    let weights = try #require(object["attention"]?.array).map {
      $0.array?.compactMap(\.double) ?? []
    }
    #expect(weights.count == target.count && weights.allSatisfy { $0.count == 3 })
    #expect(weights.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-4 })

    let rows = lines(run(["the cat", "a", "--alignment", "tsv", "--beam", "2"]).results)
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    #expect(rows[0] == ["line", "target", "targetToken", "source", "sourceToken", "weight"])
    let first = rows.filter { $0[0] == "1" }
    #expect(first.count == target.count * 3)
    #expect(first.compactMap { Double($0[5]) } == weights.flatMap(\.self))
    #expect(first[4][1] == "1" && first[4][3] == "1" && first[4][4] == "cat")
    #expect(Set(rows.dropFirst().map { $0[0] }) == ["1", "2"])
  }

  @Test func `is that of given pairs, word by word`() throws {
    func score(_ words: String...) -> SavedModel.Outcome {
      saved.run(["score", "--model", saved.path, "--quiet"] + words)
    }
    let found = score("the cat", "a b c zxcvb", "--alignment", "pharaoh")
    #expect(found.code == .success && found.notes.isEmpty)
    let pairs = found.results.split(whereSeparator: \.isWhitespace).map {
      $0.split(separator: "-").compactMap { Int($0) }
    }
    #expect(pairs.map { $0[1] } == [0, 1, 2, 3] && pairs.allSatisfy { $0[0] < 2 })
    let object = try JSON.parse(
      Array(score("the cat", "a b c zxcvb", "--alignment", "json").results.utf8), file: "output")
    #expect(object["translation"]?.string == "a b c zxcvb")
    let tokens = try #require(object["targetTokens"]?.array)
    #expect(object["attention"]?.array?.count == tokens.count && [4, 5].contains(tokens.count))
    #expect(score("the cat", "", "--alignment", "pharaoh").results == "\n")
    #expect(score("a", "b", "--alignment", "tsv").results.hasPrefix("line\ttarget\t"))
    let refused = score("a", "b", "--alignment", "pharaoh", "--tokens")
    #expect(refused.code == .usage && refused.notes.contains("contradict each other"))
    let head = score("a", "b", "--head", "1")
    #expect(head.code == .usage && head.notes.contains("left out"))
  }

  @Test func `refuses formats that contradict each other`() {
    for other in [["--json"], ["--attention"], ["--beam", "3", "--n-best", "2"]] {
      let found = run(["a", "--alignment", "pharaoh"] + other)
      #expect(found.code == .usage && found.results.isEmpty)
      #expect(
        found.notes.contains("'--alignment' and '\(other.count > 2 ? "--n-best" : other[0])'"))
      #expect(found.notes.contains("contradict each other"))
    }
    let unknown = run(["a", "--alignment", "moses"])
    #expect(unknown.code == .usage)
    #expect(
      unknown.notes.contains("'--alignment' is 'moses'; it must be one of pharaoh, json, tsv"))
  }

  @Test func `fills a page and changes nothing else`() throws {
    let page = folder["page.html"]
    for options in [
      [], ["--beam", "4"], ["--sample"], ["--beam", "3", "--n-best", "2"], ["--json"],
      ["--alignment", "tsv"], ["--attention"],
    ] {
      let plain = run(["the cat", "", "a b"] + options)
      let paged = run(["the cat", "", "a b", "--html", page] + options)
      #expect(paged.code == .success && paged.results == plain.results)
      #expect(paged.notes == "page: \(page)\n")
      let text = String(decoding: try Files.read(page), as: UTF8.self)
      #expect(text.split(separator: "<article").count - 1 == 3)
    }
    let beam = run(["a", "--html", page, "--beam", "4"])
    #expect(beam.code == .success)
    #expect(String(decoding: try Files.read(page), as: UTF8.self).contains("· beam of 4"))
  }

  @Test func `shows so many lines on a page`() throws {
    let page = folder["page.html"]
    let found = run((0..<203).map { _ in "a" } + ["--html", page])
    #expect(lines(found.results).count == 203)
    let text = String(decoding: try Files.read(page), as: UTF8.self)
    #expect(text.contains("The first 200 of 203 lines are shown."))
    #expect(text.split(separator: "<article").count - 1 == 200)
  }

  @Test func `tells first when the page cannot be written`() {
    let found = run(["a", "--html", folder["none/page.html"]])
    #expect(found.code == .failure && found.results.isEmpty)
    #expect(found.notes.contains("none/page.html"))
  }
}
