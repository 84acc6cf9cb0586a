import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanCommand

@Suite struct `Evaluating finished translations` {
  private let scratch: TemporaryFolder
  private var folder: URL { URL(filePath: scratch.path) }

  init() throws {
    scratch = try TemporaryFolder()
  }

  private func file(_ name: String, _ text: String) throws -> String {
    let path = folder.appending(path: name)
    try Data(text.utf8).write(to: path)
    return path.path
  }

  private func evaluate(_ hypothesis: String, _ reference: String, _ options: String...) throws
    -> Recorder
  {
    let recorder = Recorder()
    let code = recorder.run(
      [
        "evaluate", "--hypothesis", try file("out", hypothesis), "--reference",
        try file("test", reference),
      ] + options)
    #expect((code == .success) == !recorder.results.isEmpty)
    return recorder
  }

  @Test func `prints the metrics asked for, in that order`() throws {
    let found = try evaluate("a b c d\nx\n", "a b c d\ny\n", "--metrics", "wer,exact,cer")
    #expect(
      found.results == """
        WER|nrefs:1|case:mixed|tok:none|version:dragoman-1 = 20.00 (edits = 1 words = 5)
          95 % interval 0.00–100.00: 2 segments, drawn 1,000 times
        exact|nrefs:1|case:mixed|version:dragoman-1 = 50.00 (1 of 2)
          95 % interval 0.00–100.00: 2 segments, drawn 1,000 times
        CER|nrefs:1|case:mixed|tok:char|version:dragoman-1 = 12.50 (edits = 1 characters = 8)
          95 % interval 0.00–100.00: 2 segments, drawn 1,000 times

        """)
    #expect(found.notes.isEmpty)
  }

  @Test func `judges captions as coco-caption does`() throws {
    let (found, all) = ("a red circle\na square\n", "a red circle\na blue square\n")
    let one = try evaluate(found, all, "--metrics", "bleu2,cider")
    let signature = "nrefs:1|case:mixed|tok:none"
    #expect(
      one.results == """
        BLEU-2|\(signature)|smooth:none|as:coco-caption|version:dragoman-1 = 66.85 100.0/66.7 \
        (BP = 0.819 ratio = 0.833 hyp_len = 5 ref_len = 6)
          95 % interval 0.00–100.00: 2 segments, drawn 1,000 times
        CIDEr-D|\(signature)|n:4|sigma:6|version:dragoman-1 = 4.622
          95 % interval 1.743–7.500: 2 segments, drawn 1,000 times

        """)
    let characters = try evaluate(
      found, all, "--metrics", "cider", "--tokenize", "char", "--json")
    #expect(characters.results.hasPrefix(#"{"metric":"cider","score":"#))
    #expect(characters.results.contains("|tok:char|"))
  }

  @Test func `prints five metrics unless told otherwise`() throws {
    let found = try evaluate("a b c d\n", "a b c d\n")
    #expect(
      found.results.split(separator: "\n").map { $0.prefix { $0 != "|" } }
        == ["BLEU", "chrF2", "chrF2++", "TER", "exact"])
  }

  @Test func `lets BLEU cut text in four ways`() throws {
    for name in ["13a", "none", "char", "intl"] {
      let found = try evaluate("日本語です\n", "日本語でした\n", "--metrics=bleu", "--tokenize", name)
      #expect(found.results.contains("|tok:\(name)|"))
      #expect(found.results.contains("hyp_len = \(name == "char" ? 5 : 1) "))
    }
  }

  @Test func `compares two systems by a paired bootstrap`() throws {
    let words = (0..<40).map { "a b c d \($0)\n" }
    let baseline = try file(
      "other", words.map { $0.replacingOccurrences(of: "c", with: "e") }.joined())
    let found = try evaluate(
      words.joined(), words.joined(), "--metrics", "exact,wer", "--baseline", baseline)
    let lines = found.results.split(separator: "\n")
    #expect(
      lines[1]
        == "  95 % interval 100.00–100.00: 40 segments, drawn 1,000 times")
    #expect(
      lines[2]
        == "  baseline = 0.00, difference +100.00, p = 0.001 (paired bootstrap, 1,000 draws)")
    #expect(lines[5].hasPrefix("  baseline = 20.00, difference -20.00, p = 0.001"))
    let equal = try evaluate(
      "a\nb\n", "a\nc\n", "--metrics=exact", "--json", "--baseline", try file("same", "a\nb\n"))
    #expect(equal.results.contains(#""bootstrap":{"name":"baseline","baseline":50"#))
    #expect(
      equal.results.contains(
        #""segments":2,"confidence":{"percent":95,"lower":0,"upper":100,"draws":1000}"#))
    let short = Recorder()
    #expect(
      short.run(
        "evaluate", "--hypothesis", try file("h", "a\nb\n"), "--reference", try file("r", "a\nb\n"),
        "--baseline", try file("s", "a\n")) == .failure)
    #expect(short.notes.contains("expected 2 lines, as many as there are translations, found 1"))
  }

  @Test func `judges alignments`() throws {
    let found = try evaluate("0-0 1-1\n\n", "0-0 1p1\n0p0\n", "--metrics", "aer")
    #expect(
      found.results.hasPrefix(
        "AER|nrefs:1|version:dragoman-1 = 0.00 (precision = 100.0 recall = 100.0 links = 2 sure = 1)\n"
      ))
    let wrong = try evaluate("0-0\nBonjour.\n", "0-0\n0-0\n", "--metrics", "aer")
    #expect(
      wrong.notes.contains(
        "out:2: expected links of words such as 0-0 (sure) and 2p1 (possible) with spaces between, found "
          + "'Bonjour.'\n"))
    let recorder = Recorder()
    #expect(
      recorder.run("evaluate", "--metrics", "aer", "--source", "a", "--reference", "b") == .usage)
    #expect(
      recorder.notes.contains(
        "'--metrics' is 'aer'; it must be other metrics without --hypothesis, since this one judges alignments"
      ))
  }

  @Test func `reads lines that end as on Windows`() throws {
    let found = try evaluate("\u{FEFF}a\r\n\r\nb\r\n", "a\n\nb", "--metrics", "exact")
    #expect(found.results.contains("= 100.00 (3 of 3)\n"))
  }

  @Test func `says which line is not text`() throws {
    let found = try evaluate("a\n\u{0}\n", "a\nb\n", "--metrics", "exact")
    #expect(found.notes.contains("out:2: byte 1 of the line is NUL"))
  }

  @Test func `needs lines, and each of its inputs once`() throws {
    let empty = try evaluate("", "", "--metrics", "bleu")
    #expect(
      empty.notes
        == "there is nothing to evaluate: expected at least one translation with its reference, "
        + "found none\n")
    for (options, message) in [
      (["--reference", "a"], "'evaluate' needs --source FILE"),
      (["--pairs", "a", "--reference", "b"], "'--pairs' and '--reference' contradict each other"),
      (
        ["--hypothesis", "-", "--reference", "-"],
        "standard input ('-') can be read only once, and is named more than once"
      ),
      (["--hypothesis", "", "--reference", "a"], "'--hypothesis' is ''; it must be a path"),
    ] {
      let recorder = Recorder()
      #expect(recorder.run(["evaluate"] + options) == .usage)
      #expect(recorder.notes == "dragoman: \(message)\nTry: dragoman help evaluate\n")
    }
  }

  @Test func `refuses metrics and tokenizers that there are not`() throws {
    let all =
      "bleu, bleu1, bleu2, bleu3, bleu4, cider, chrf, chrf++, ter, exact, wer, cer, aer"
    for (options, message) in [
      (["--metrics", "bleu,chrF"], "'--metrics' is 'chrF'; it must be one of \(all)"),
      (["--metrics", ""], "'--metrics' is ''; it must be one of \(all)"),
      (["--tokenize", "zh"], "'--tokenize' is 'zh'; it must be one of 13a, intl, char, none"),
      (
        ["--metrics", "cer", "--tokenize", "char"],
        "'--tokenize' is 'char'; it must be left out where --metrics lists neither BLEU nor cider"
      ),
    ] {
      let recorder = Recorder()
      #expect(
        recorder.run(["evaluate", "--hypothesis", "a", "--reference", "b"] + options) == .usage)
      #expect(recorder.notes == "dragoman: \(message)\nTry: dragoman help evaluate\n")
    }
  }
}

@Suite struct `Evaluating models` {
  private let runs: TwoRuns

  init() throws { runs = try TwoRuns() }

  private func evaluate(_ pairs: String, _ words: String...) throws -> Recorder {
    try runs.folder.write("pairs.tsv", pairs)
    let recorder = Recorder()
    _ = recorder.run(
      ["evaluate", "--model", "\(runs.paths[0])/best.safetensors"]
        + ["--pairs", runs.folder["pairs.tsv"]] + words)
    return recorder
  }

  @Test func `takes pairs with the same source for several references`() throws {
    let found = try evaluate(
      "a b\tc d\nb\tx\na b\td c\nb\tx\n", "--metrics", "exact", "--json")
    #expect(found.results.contains(#""signature":"nrefs:var|"#))
    #expect(found.results.contains(#""segments":2"#))
    #expect(
      found.notes.hasPrefix(
        "references: 4 pairs have 2 different sources, of which 1 have several references\n"))
  }

  @Test func `looks for references before it makes a model`() throws {
    let found = Recorder()
    let code = found.run(
      "evaluate", "--model", runs.paths[0], "--compare", runs.folder["nowhere"], "--source",
      runs.folder["none"], "--reference", runs.folder["missing.de"])
    #expect(code == .failure)
    #expect(found.notes.contains("missing.de") && !found.notes.contains("nowhere"))
  }

  @Test func `sets another model beside the first`() throws {
    let pairs = (0..<12).map { "a b \($0)\tc \($0)\n" }.joined()
    let other = "\(runs.paths[1])/best.safetensors"
    // The folder of a run is its best model.
    for path in [other, runs.paths[1]] {
      let found = try evaluate(pairs, "--metrics", "cer", "--compare", path)
      let rows = found.results.split(separator: "\n")
      try #require(rows.count == 3, "\(found.notes)")
      #expect(rows[0].hasPrefix("CER|nrefs:1|") && rows[1].hasPrefix("  95 % interval "))
      #expect(rows[2].hasPrefix("  \(other) = "))
    }
    let same = try evaluate(pairs, "--metrics", "cer", "--compare", runs.paths[0])
    #expect(same.results.hasSuffix(", no difference\n"))
    for option in ["--baseline", "--hypothesis"] {
      let wrong = Recorder()
      #expect(wrong.run("evaluate", "--compare", "a", option, "x") == .usage)
      #expect(
        wrong.notes.hasPrefix("dragoman: '\(option)' and '--compare' contradict each other"))
    }
  }
}
