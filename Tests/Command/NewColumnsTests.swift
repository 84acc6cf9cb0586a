import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanCommand

@Suite struct `The columns of a new corpus` {
  private let scratch: TemporaryFolder
  private var folder: URL { URL(filePath: scratch.path) }

  init() throws {
    scratch = try TemporaryFolder()
    try write(
      "four.tsv",
      (0..<300).map { "\(1000 + $0)\tI am tired \($0).\t\(500_000 + $0)\tJe suis fatigué \($0).\n" }
        .joined())
    try write(
      "many.csv", (0..<40).map { "\($0),a \($0),b \($0),\"c, \($0)\"\n" }.joined())
  }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func new(_ name: String, _ options: String...) -> Recorder {
    let recorder = Recorder()
    _ = recorder.run(
      ["new", "--corpus", path(name), "--output", path("run.json"), "--no-estimate"] + options)
    return recorder
  }

  private func notes(_ recorder: Recorder) -> String {
    recorder.notes.replacingOccurrences(of: folder.path + "/", with: "")
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test func `are those that hold text, which is told`() throws {
    #expect(
      notes(new("four.tsv")).hasPrefix(
        """
        columns: 2 and 4, where there is text (column 1 numbers ('1001'), 2 text ('I am tired 1.'), \
        3 numbers ('500001'), 4 text ('Je suis fatigué 1.')); --columns takes others
        four.tsv: 300 pairs

        """))
    #expect(try text("run.train.tsv").hasPrefix("I am tired "))
    #expect(!(try text("run.json")).contains("\"columns\""))
  }

  @Test func `are asked for where it is not clear which are meant`() throws {
    #expect(
      notes(new("many.csv")) == """
        many.csv: expected text in columns 1 and 2, found column 1 numbers ('1'), 2 text ('a 1'), \
        3 text ('b 1'), 4 text ('c, 1'). Say which two are meant with --columns, for example --columns 2,3.

        """)
    #expect(notes(new("many.csv", "--columns", "3,4")).hasPrefix("many.csv: 40 pairs\n"))
    #expect(try text("run.train.tsv").hasPrefix("b "))
  }

  @Test func `stand in the configuration that reads the file itself`() throws {
    try write("v.tsv", "1\ta\t2\tb\n")
    let recorder = new("four.tsv", "--columns", "2,4", "--validation", path("v.tsv"))
    #expect(!notes(recorder).contains("columns:"))
    let json = try text("run.json").filter { !$0.isWhitespace }
    #expect(json.contains(#""columns":{"source":2,"target":4}"#), "\(json)")
    let check = Recorder()
    #expect(check.run("check", path("run.json")) == .success)
    #expect(!check.results.contains("data.columns"))
  }

  @Test func `have to be two numbers of columns of a table`() {
    for (value, file, message) in [
      (
        "2", "four.tsv",
        "'--columns' is '2'; it must be two different numbers of columns such as 2,4"
      ),
      (
        "2,2", "four.tsv",
        "'--columns' is '2,2'; it must be two different numbers of columns such as 2,4"
      ),
      (
        "0,1", "four.tsv",
        "'--columns' is '0,1'; it must be two different numbers of columns such as 2,4"
      ),
      (
        "1,2", "a.tmx",
        "'--columns' is '1,2'; it must be left out, since a.tmx is not a table with columns"
      ),
    ] {
      #expect(notes(new(file, "--columns", value)).hasPrefix("dragoman: \(message)\n"))
    }
  }

  @Test func `that lack text everywhere say what was skipped, not which columns`() throws {
    try write(
      "a.tmx",
      "<tmx><body><tu><tuv xml:lang='en'/><tuv xml:lang='fr'><seg>a</seg></tuv></tu></body></tmx>")
    #expect(
      notes(new("a.tmx", "--languages", "en,fr"))
        == "a.tmx: expected at least 10 pairs, found 0 (a.tmx: 0 pairs, 1 with a language without text skipped)\n"
    )
  }
}
