import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanCommand

@Suite struct `A new configuration` {
  private let scratch: TemporaryFolder
  private var folder: URL { URL(filePath: scratch.path) }

  init() throws {
    scratch = try TemporaryFolder()
    try write("s.en", (0..<40).map { "the cat \($0) sleeps\n" }.joined())
    try write("t.de", (0..<40).map { "die Katze \($0) schläft\n" }.joined())
  }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func plain(_ text: String) -> String {
    text.replacingOccurrences(of: folder.path + "/", with: "")
  }

  @Test func `comes with held-out pairs, reasons, and can be checked`() throws {
    let recorder = Recorder()
    let arguments = [
      "new", "--source", path("s.en"), "--target", path("t.de"), "--languages", "en,de", "--output",
      path("run.json"), "--no-estimate",
    ]
    #expect(recorder.run(arguments) == .success)
    #expect(plain(recorder.results) == "run.json\n")
    #expect(
      plain(recorder.notes) == """
        s.en + t.de: 40 pairs
        data: 4 pairs are held out for validation and 4 for test; equal sources stay in one part
        task: translation, since lines have 4.0 and 4.0 words on average
        tokenizer: bpe with up to 2,000 pieces, since there are 32 pairs to learn them from; a vocabulary for each \
        side, since 25 % of the target words also stand in sources (Latin and Latin script)
        tokenizer: curly quotation marks, dashes and ellipses of sources are read as ', ", - and ..., since 32 pairs \
        are too few to learn each of them
        model: word vectors of 256, 256 units, a tied output layer, as for fewer than 500,000 pairs; dropout of \
        embedding 0.3, encoded 0.3, output 0.3, as for fewer than 10,000 pairs
        training: 120 epochs over 32 pairs, the most that are advised; a cosine to their end, labels smoothed, the \
        average of the weights kept; the best model is the best by BLEU
        next: dragoman check run.json, then dragoman train run.json

        """)
    let check = Recorder()
    #expect(check.run("check", path("run.json")) == .success)
    #expect(plain(check.results).hasPrefix("train: 32 pairs in run.train.tsv\n"))
    #expect(!check.results.contains("too good"))
    let train = Recorder()
    let small = ["embedding", "encoder.hidden", "decoder.hidden", "attention.size"]
    #expect(
      train.run(
        ["train", "--config", path("run.json"), "--runs", path("runs"), "--no-report"]
          + ["training.epochs=20"].flatMap { ["--set", $0] }
          + small.flatMap { ["--set", "model.\($0)=8"] }) == .success, "\(train.notes)")
    let again = Recorder()
    #expect(again.run(arguments) == .failure)
    #expect(
      plain(again.notes) == """
        run.json: there is such a file already, and it is kept; remove it, or choose another --name or --output

        """)
  }

  @Test func `takes validation pairs as they are`() throws {
    try write("c.tsv", (0..<12).map { "a\($0)\tb\($0)\n" }.joined())
    try write("v.tsv", "a\tb\n")
    let recorder = Recorder()
    let code = recorder.run(
      "new", "--corpus", path("c.tsv"), "--validation", path("v.tsv"), "--output", path("c.json"),
      "--task",
      "g2p", "--no-estimate")
    #expect(code == .success)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 5)
    let text = plain(try String(contentsOf: folder.appending(path: "c.json"), encoding: .utf8))
    #expect(text.contains("\"train\": [\"c.tsv\"]") && text.contains("\"validation\": [\"v.tsv\"]"))
    #expect(text.contains("\"kind\": \"character\""))
  }

  @Test func `is made of a file whose name does not tell what it is`() throws {
    try write(
      "lines.v1.gz",
      (0..<12).map { #"{"source": "a\#($0) b", "target": "b\#($0) c"}"# + "\n" }.joined())
    let recorder = Recorder()
    let code = recorder.run(
      "new", "--corpus", path("lines.v1.gz"), "--validation", path("s.en"), "--format", "jsonl",
      "--output",
      path("x.cfg.json"), "--no-estimate")
    #expect(code == .success, "\(recorder.notes)")
    let text = plain(try String(contentsOf: folder.appending(path: "x.cfg.json"), encoding: .utf8))
    #expect(text.contains(#""name": "x.cfg""#) && text.contains(#""format": "jsonl""#))
  }

  @Test func `says about how long the training will take`() throws {
    let recorder = Recorder()
    let code = recorder.run(
      "new", "--source", path("s.en"), "--target", path("t.de"), "--output", path("run.json"),
      "--threads", "1")
    #expect(code == .success)
    let time = try #require(recorder.notes.split(separator: "\n").first { $0.hasPrefix("time: ") })
    #expect(time.hasPrefix("time: about ") && time.contains(" on this machine (1 thread): "))
    #expect(time.contains(" and 120 validations of "))
    #expect(time.contains("; less if validation stops improving before"))
    #expect(!FileManager.default.fileExists(atPath: "runs/run"))
    let check = Recorder()
    let small = ["embedding", "encoder.hidden", "decoder.hidden", "attention.size"]
    let options =
      small.flatMap { ["--set", "model.\($0)=8"] } + ["--set", "training.epochs=1"]
      + ["--threads", "1"]
    #expect(check.run(["check", path("run.json"), "--estimate"] + options) == .success)
    #expect(check.results.contains("\ntime: about "))
    let json = Recorder()
    #expect(json.run(["check", path("run.json"), "--estimate", "--json"] + options) == .success)
    #expect(json.results.contains(#""estimate":{"seconds":"#))
    #expect(json.results.contains(#""validations":1,"secondsPerValidation":"#))
    let input = Recorder()
    #expect(
      input.run("check", path("run.json"), "--estimate", "--set", #"data.train=["-"]"#) == .failure)
    #expect(
      input.notes == "--estimate: the pairs come from standard input, which can be read only once; "
        + "save them to a file, or leave it out\n")
  }

  @Test func `takes the languages from the headers of PO and XLIFF`() throws {
    func po(_ header: String) -> String {
      "msgid \"\"\nmsgstr \"\(header)\"\n"
        + (0..<20).map { "\nmsgid \"the cat \($0)\"\nmsgstr \"le chat \($0)\"\n" }.joined()
    }
    func run(_ name: String, _ options: String...) throws -> (notes: String, text: String) {
      let recorder = Recorder()
      let output = path("\(name).json")
      let code = recorder.run(
        ["new", "--corpus", path("\(name).po"), "--output", output, "--no-estimate"] + options)
      #expect(code == .success, "\(recorder.notes)")
      return (plain(recorder.notes), try String(contentsOfFile: output, encoding: .utf8))
    }
    try write("a.po", po("Language: fr\\n"))
    var found = try run("a")
    #expect(found.notes.contains("languages: the target is fr, as the header of a.po says\n"))
    #expect(found.text.contains(#""target": "fr""#) && !found.text.contains(#""source": "en""#))
    try write("b.po", po("X-Source-Language: en_GB\\nLanguage: pt_BR\\n"))
    found = try run("b")
    #expect(found.notes.contains("languages: en_GB and pt_BR, as the header of b.po says\n"))
    #expect(found.text.contains(#""source": "en_GB""#))
    // What is stated counts, and a file that says something else is told of.
    try write("c.po", po("Language: pt_BR\\n"))
    found = try run("c", "--languages", "en,de")
    #expect(
      found.notes.contains("languages: the header of c.po says pt_BR, which is not among en, de\n"))
    #expect(found.text.contains(#""target": "de""#))
    try write("d.po", po("Language: pt_BR\\n"))
    #expect(try !run("d", "--languages", "en,pt").notes.contains("languages:"))
    try write("e.po", po("Language: \\n"))
    #expect(try !run("e").notes.contains("languages:"))
    let units = (0..<20).map {
      #"<trans-unit id="\#($0)"><source>cat \#($0)</source><target>chat \#($0)</target></trans-unit>"#
    }.joined()
    try write(
      "f.xlf",
      #"<xliff version="1.2"><file source-language="en" target-language="fr"><body>\#(units)</body></file></xliff>"#
    )
    let xliff = Recorder()
    let words = ["new", "--corpus", path("f.xlf"), "--output", path("f.json"), "--no-estimate"]
    #expect(xliff.run(words) == .success, "\(xliff.notes)")
    #expect(plain(xliff.notes).contains("languages: en and fr, as the header of f.xlf says\n"))
  }

  @Test func `is not made of next to nothing`() throws {
    try write("c.tsv", "a\tb\n")
    let recorder = Recorder()
    #expect(recorder.run("new", "--corpus", path("c.tsv"), "--output", path("c.json")) == .failure)
    #expect(
      plain(recorder.notes)
        == "c.tsv: expected at least 10 pairs, found 1; look at the file and at its columns\n")
  }

  @Test func `names no test pairs where there are none`() throws {
    try write("c.tsv", "a\tb\n" + String(repeating: "b\tb\n", count: 9))
    let recorder = Recorder()
    let code = recorder.run(
      "new", "--corpus", path("c.tsv"), "--output", path("c.json"), "--no-estimate")
    #expect(code == .success)
    let text = try String(contentsOf: folder.appending(path: "c.json"), encoding: .utf8)
    #expect(!text.contains("c.test.tsv"))
    #expect(!FileManager.default.fileExists(atPath: path("c.test.tsv")))
    #expect(Recorder().run("check", path("c.json")) == .success)
  }

  @Test func `is not made of one source`() throws {
    try write("c.tsv", String(repeating: "a\tb\n", count: 20))
    let recorder = Recorder()
    #expect(recorder.run("new", "--corpus", path("c.tsv"), "--output", path("c.json")) == .failure)
    #expect(
      plain(recorder.notes).hasSuffix(
        "c.tsv: expected sources that differ, so that some can be held out, found the same few in 20 pairs; "
          + "look at the file and at its columns\n"))
  }

  @Test func `needs a corpus and sensible options`() {
    for (options, message) in [
      ([], "'new' needs --corpus FILE"), (["--target", "a"], "'new' needs --source FILE"),
      (["--source", "a"], "'new' needs --target FILE"),
      (
        ["--corpus", "-", "--validation", "-"],
        "standard input ('-') can be read only once, and is named more than once"
      ),
      (
        ["--source", "a", "--target", "b", "--format", "po"],
        "'--format' and '--source' contradict each other"
      ), (["--corpus", "a", "--source", "b"], "'--corpus' and '--source' contradict each other"),
      (["--corpus", "a", "--target", "b"], "'--corpus' and '--target' contradict each other"),
      (
        ["--corpus", "a", "--task", "poetry"],
        "'--task' is 'poetry'; it must be one of translation, transliteration, g2p, classification"
      ),
      (
        ["--corpus", "a", "--languages", "en"],
        "'--languages' is 'en'; it must be two different codes such as en,fr"
      ),
      (
        ["--corpus", "a", "--name", "../x"],
        "'--name' is '../x'; it must be letters, digits, \".\", \"_\" and \"-\", a letter or digit first"
      ),
    ] {
      let recorder = Recorder()
      #expect(recorder.run(["new"] + options) == .usage)
      #expect(recorder.notes == "dragoman: \(message)\nTry: dragoman help new\n")
    }
  }
}
