import Foundation
import Testing

@testable import DragomanCommand

@Suite struct `A new configuration for classes` {
  private let fixture: ClassifierFixture

  init() throws { fixture = try ClassifierFixture() }

  @Test func `comes of texts, which are told to be classes`() throws {
    let (code, results, notes) = fixture.run(
      "new", "--corpus", fixture.path("texts.tsv"), "--output", fixture.path("t.json"),
      "--no-estimate")
    #expect(code == .success && results == "t.json\n")
    #expect(
      notes == """
        texts.tsv: 60 pairs
        data: 6 examples are held out for validation and 6 for test, of each class its share; equal ones stay in one \
        part
        task: classification, since the second side has only 2 different values in 48 examples; state the task if they \
        are not classes
        tokenizer: bpe with 1,000 pieces, since there are 48 texts to learn them from, and no word is unknown then
        data.maximumLength: 100; the longest text has 9 words
        model: recurrent, word vectors of 64, 64 units in each direction, pooling by attention, whose weights say \
        which tokens counted, dropout of 0.3, for fewer than 10,000 examples
        training: 30 epochs over 48 examples along a cosine
        training.metrics: accuracy says which model is the best; there are 2 classes, each of 24 examples
        next: dragoman check t.json, then dragoman train t.json

        """)
    #expect(try fixture.read("t.json").contains("\"task\": \"classification\""))
    #expect(try fixture.read("t.test.tsv").split(separator: "\n").count == 6)
    let check = fixture.run("check", fixture.path("t.json"))
    #expect(check.code == .success && check.results.contains("no problems found"))
    let again = fixture.run(
      "new", "--corpus", fixture.path("texts.tsv"), "--output", fixture.path("t.json"),
      "--no-estimate")
    #expect(again.code == .failure && again.notes.hasPrefix("t.json: there is such a file"))
    // Who says so gets pairs.
    let pairs = fixture.run(
      "new", "--corpus", fixture.path("texts.tsv"), "--task", "translation", "--output",
      fixture.path("p.json"), "--no-estimate")
    #expect(pairs.code == .success && pairs.notes.contains("task: translation, as asked for"))
  }

  @Test func `comes of arrays and their validation examples`() throws {
    let series = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../data/series").standardizedFileURL.path
    func new(_ more: String...) -> (code: ExitCode, results: String, notes: String) {
      fixture.run(
        ["new", "\(series)/train.safetensors", "--output", fixture.path("s.json"), "--no-estimate"]
          + more)
    }
    let undivided = new()
    #expect(undivided.code == .failure)
    #expect(
      undivided.notes.hasSuffix(
        "train.safetensors: expected --validation FILE beside arrays, which are not divided here, found none. Save a "
          + "part of the examples as a file of its own.\n"))
    let validation = "\(series)/validation.safetensors"
    let (code, results, notes) = new("--validation", validation)
    #expect(code == .success && results == "s.json\n")
    #expect(notes.contains("task: classification, since arrays of numbers hold no text\n"))
    #expect(notes.contains("data.features: rows of 3, "))
    #expect(fixture.run("check", fixture.path("s.json")).code == .success)
    let again = new("--validation", validation)
    #expect(again.code == .failure && again.notes.hasPrefix("s.json: there is such a file"))
    let pairs = new("--task", "translation")
    #expect(pairs.code == .usage)
    #expect(pairs.notes.contains("classification, since arrays of numbers hold no text"))
  }

  @Test func `comes of a table of images`() throws {
    let (code, _, notes) = fixture.run(
      "new", "--corpus", fixture.path("pictures.tsv"), "--images", fixture.path("pictures"),
      "--output", fixture.path("i.json"), "--no-estimate")
    #expect(code == .success, "\(notes)")
    #expect(notes.contains("task: classification, as asked for\n"))
    #expect(notes.contains("data.images: 8 × 8 pixels, as they are"))
    #expect(notes.contains("model: convolutions of 32, 32, 64 and 64 channels"))
    // Of a stage, only what is not by default.
    let written = try fixture.read("i.json")
    #expect(written.contains("\"squeeze\": 8") && !written.contains("\"stride\""))
    let train = fixture.run(
      "train", "--config", fixture.path("i.json"), "--runs", fixture.path("runs"), "--no-report",
      "--set", "training.epochs=2", "--set", "training.schedule.warmup=0", "--quiet")
    #expect(train.code == .success, "\(train.notes)")
    let classify = fixture.run(
      "classify", "--model", fixture.path("runs/i/best.safetensors"),
      fixture.path("pictures/left/0.pgm"))
    #expect(classify.code == .success && classify.results.hasPrefix("pictures/left/0.pgm\t"))
  }

  @Test func `comes of a folder with a folder for each class`() throws {
    try fixture.write("pictures/notes.txt", "no class")
    let (code, _, notes) = fixture.run(
      "new", "--images", fixture.path("pictures"), "--family", "vision", "--output",
      fixture.path("f.json"), "--no-estimate")
    #expect(code == .success, "\(notes)")
    #expect(
      notes.hasPrefix("data: 4 examples are held out for validation and 4 for test, of each class"))
    #expect(notes.contains("model: vision transformer, patches of 2 × 2, 3 layers"))
    let lines = try fixture.read("f.train.tsv").split(separator: "\n")
    #expect(lines.count == 32 && lines[0] == "left/0.pgm\tleft")
    #expect(fixture.run("check", fixture.path("f.json")).code == .success)
    let given = fixture.run(
      "new", "--images", fixture.path("pictures"), "--validation", fixture.path("pictures.tsv"),
      "--output", fixture.path("g.json"))
    #expect(given.notes.contains("\ntime: about "))
    #expect(given.code == .success)
    #expect(given.notes.hasPrefix("data: 40 images are listed in g.train.tsv\n"))
  }

  @Test func `says what is wrong with a folder`() throws {
    func message(_ name: String) -> String {
      let (code, _, notes) = fixture.run(
        "new", "--images", fixture.path(name), "--output", fixture.path("w.json"))
      #expect(code == .failure)
      return notes
    }
    func make(_ name: String) throws {
      try FileManager.default.createDirectory(
        at: fixture.folder.appending(path: name), withIntermediateDirectories: true)
    }
    #expect(
      message("nowhere") == "nowhere: expected a folder of images, found none. Look at --images.\n")
    #expect(
      message("pictures/left")
        == "pictures/left: expected a folder of images for each class, found no folder in it. Make one for each class, "
        + "or name a table of files and classes: --corpus FILE.\n")
    try make("a/empty")
    #expect(
      message("a")
        == "a/empty: expected images of a class, found no file. Put some there, or remove the folder.\n"
    )
    try make("b/train/cat")
    #expect(
      message("b")
        == "b/train/cat: expected an image of the class 'train', found a folder. If the folders in b/train are the "
        + "classes, name that in the place of b: --images b/train.\n")
    try make("c/cat")
    try fixture.write("c/cat/one.jpg", "x")
    #expect(
      message("c")
        == "c/cat/one.jpg: expected an image in PNG, PBM, PGM, PPM, PAM or NPY by the ending of its name, found "
        + "another. Convert it, for example with 'magick', or remove it.\n")
    try make("d/cat\tdog")
    // Where temporary folders have long names, the excerpt ends before the tab.
    #expect(
      message("d").hasSuffix(
        "': expected a name that can stand in a table, found a tab, a line break or spaces at an end or together. "
          + "Rename it.\n"))
    try make("e/cat")
    try fixture.write("e/cat/one.pgm", "P2 1 1 255 0")
    #expect(
      message("e")
        == "e: expected at least 10 pairs, found 1; look at the file and at its columns\n")
  }

  @Test func `refuses options that contradict each other`() {
    for (options, message) in [
      (
        ["--images", "a", "--task", "g2p"],
        "'--task' is 'g2p'; it must be classification beside --images"
      ),
      (
        ["--corpus", fixture.path("texts.tsv"), "--family", "vision"],
        "'--family' is 'vision'; it must be recurrent or transformer, since texts are not images"
      ),
      (
        ["--images", fixture.path("pictures"), "--family", "recurrent"],
        "'--family' is 'recurrent'; it must be convolutional or vision beside --images"
      ),
    ] {
      let recorder = Recorder()
      #expect(
        recorder.run(["new", "--output", fixture.path("x.json")] + options) == .usage)
      #expect(recorder.notes.contains("dragoman: \(message)\n"), "\(recorder.notes)")
    }
  }
}
