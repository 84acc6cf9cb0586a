import DragomanFormats
import DragomanImages
import DragomanSystem
import DragomanTestSupport
import DragomanTranslation
import Synchronization
import Testing

@testable import DragomanCommand

@Suite struct `dragoman caption` {
  private let folder: TemporaryFolder
  private let model: String

  init() throws {
    folder = try TemporaryFolder()
    model = folder["model.safetensors"]
    try SmallCaptioner.file(SmallCaptioner.images()).write(to: model)
    try Files.createDirectories(folder["images"])
    for (index, name) in ["b.png", "a.png", "notes.txt"].enumerated() {
      var bytes = SmallClassifier.image().bytes
      for place in bytes.indices where place % 3 == index { bytes[place] ^= 0x3C }
      try SmallClassifier.write(
        Image(height: 6, width: 8, channels: 3, bytes: bytes), to: folder["images/\(name)"])
    }
  }

  private func run(_ words: String...) -> (code: ExitCode, results: String, notes: String) {
    let recorder = Recorder()
    let code = recorder.run(["caption", "--model", model, "--quiet"] + words)
    return (
      code, recorder.results.replacing("\(folder.path)/", with: ""),
      recorder.notes.replacing("\(folder.path)/", with: "")
    )
  }

  @Test func `takes the images of a folder by their names`() {
    let both = run(folder["images"])
    let lines = both.results.split(separator: "\n")
    #expect(both.code == .success && lines.count == 2)
    #expect(lines.map { $0.prefix(13) } == ["images/a.png\t", "images/b.png\t"])
    #expect(run(folder["images/a.png"], folder["images/b.png"]).results == both.results)
    #expect(run("--threads", "2", folder["images"]).results == both.results)
  }

  @Test func `gives several captions with their scores, and objects`() throws {
    let several = run("--n-best", "2", folder["images/a.png"])
    #expect(several.results.split(separator: "\n").count == 2)
    #expect(several.results.split(separator: "\n")[0].split(separator: "\t").count == 3)
    let object = try JSON.parse(
      Array(run("--json", folder["images/a.png"]).results.utf8), file: "output")
    #expect(object["image"]?.string?.hasSuffix("images/a.png") == true)
    #expect(object["grid"]?["width"]?.int == 4)
    #expect(run("--prefix", "above", folder["images/a.png"]).results.contains("\tabove"))
    let recorder = Recorder()
    #expect(
      recorder.run(["caption", "--model", model, "--prefix", "qux", folder["images/a.png"]])
        == .success)
    #expect(recorder.results.contains("\tqux"))
    #expect(
      recorder.notes.hasPrefix(
        "--prefix: the model has never met 'qux', and reads <unk> in its place\n"))
    #expect(run("--sample", folder["images/a.png"]).code == .success)
  }

  @Test func `writes a page and pictures`() throws {
    #expect(run("--html", folder["page.html"], folder["images"]).code == .success)
    let page = String(decoding: try Files.read(folder["page.html"]), as: UTF8.self)
    #expect(page.contains("<title>Captions") && page.contains("class=\"look\""))
    let pictures = run("--attention", folder["images/a.png"]).results
    #expect(pictures.split(separator: "\n").count >= 4)
  }

  @Test func `captions the examples of an array as it reads them`() throws {
    try SmallCaptioner.file(SmallCaptioner.features()).write(to: folder["rows.safetensors"])
    var numbers = (0..<18).map { Float($0 % 5) }
    numbers[14] = .nan
    try folder.write("six.npy", ArrayBytes.npy("<f4", [3, 2, 3], ArrayBytes.floats(numbers)))
    let recorder = Recorder()
    #expect(
      recorder.run(
        "caption", "--model", folder["rows.safetensors"], "--quiet", "--set", "decoding.batch=2",
        folder["six.npy"]) == .failure)
    // What comes before the damaged example is written.
    let lines = recorder.results.split(separator: "\n")
    #expect(lines.count == 2 && lines[1].contains("six.npy[1]\t"), "\(recorder.results)")
    #expect(recorder.notes.contains("nan in row 0, column 2 of example 2"), "\(recorder.notes)")
  }

  @Test func `captions the images of an array, and those before a file that is missing`() throws {
    let one = SmallClassifier.image().bytes
    try folder.write("two.npy", ArrayBytes.npy("|u1", [2, 6, 8, 3], one + one))
    let two = run(folder["two.npy"]).results.split(separator: "\n")
    #expect(two.count == 2 && two[0].hasPrefix("two.npy[0]\t") && two[1].hasPrefix("two.npy[1]\t"))
    let part = run(folder["images/a.png"], folder["none.png"], folder["images/b.png"])
    #expect(part.code == .failure && part.results.hasPrefix("images/a.png\t"))
    #expect(part.results.split(separator: "\n").count == 1)
    #expect(part.notes.contains("none.png: cannot open the file"))
  }

  @Test func `does not write a batch again that could not be written`() {
    let writes = Mutex(0)
    let console = Console(
      write: { _ in
        writes.withLock { $0 += 1 }
        throw OutputError(reason: "No space left on device")
      }, note: { _ in }, hasColour: false, isInteractive: false, isTyped: false, width: 80,
      resultWidth: 80, isScreen: false)
    let words = ["caption", "--model", model, "--set", "decoding.batch=1", folder["images"]]
    #expect(Program.run(words, console) == .failure)
    #expect(writes.withLock { $0 } == 1)
  }

  @Test func `tells how many captions were cut off`() throws {
    let recorder = Recorder()
    let one = ["caption", "--model", model, "--maximum-length", "1"]
    #expect(recorder.run(one + [folder["images"]]) == .success)
    let told = "2 of 2 captions were cut off after 1 token; --maximum-length allows more\n"
    #expect(recorder.notes.hasSuffix(told), "\(recorder.notes)")
    let quiet = Recorder()
    #expect(quiet.run(one + ["--quiet", folder["images"]]) == .success)
    #expect(quiet.notes.isEmpty, "\(quiet.notes)")
    try folder.write("one.tsv", "\(folder["images/a.png"])\ta circle\n")
    let judged = Recorder()
    let words = ["evaluate", "--model", model, "--maximum-length", "2"]
    #expect(judged.run(words + ["--pairs", folder["one.tsv"]]) == .success)
    #expect(
      judged.notes.contains("1 of 1 captions was cut off after 2 tokens;"), "\(judged.notes)")
  }

  @Test func `says what is wrong`() throws {
    #expect(
      run("--attention", "--json", folder["images"]).notes.contains("contradict each other"))
    try Files.createDirectories(folder["empty"])
    let empty = run(folder["empty"])
    #expect(empty.code == .failure)
    #expect(empty.notes.contains("empty: expected a folder with files that end in"))
    #expect(run(folder["none.png"]).notes.contains("none.png: cannot open the file"))
    try SmallModel.file().write(to: folder["small.safetensors"])
    let recorder = Recorder()
    #expect(
      recorder.run("caption", "--model", folder["small.safetensors"], folder["images"])
        == .failure)
    #expect(recorder.notes.contains("a model for translation, but expected one for captioning"))
  }

  @Test func `is evaluated with all captions of an image`() throws {
    let (a, b) = (folder["images/a.png"], folder["images/b.png"])
    let lines = run(a, b).results.split(separator: "\n")
    let found = lines.compactMap { $0.split(separator: "\t").last }
    // One of two captions is what the model writes, and the other image has another.
    try folder.write("test.tsv", "\(a)\ta circle\n\(a)\t\(found[0])\n\(b)\tnothing of it\n")
    let recorder = Recorder()
    let code = recorder.run(
      "evaluate", "--model", model, "--metrics", "exact", "--pairs", folder["test.tsv"])
    #expect(code == .success, "\(recorder.notes)")
    #expect(recorder.results.contains("= 50.00 (1 of 2)"), "\(recorder.results)")
    // Without --metrics, those of captions.
    let standard = Recorder()
    #expect(
      standard.run("evaluate", "--model", model, "--pairs", folder["test.tsv"]) == .success)
    #expect(standard.results.contains("BLEU-4") && standard.results.contains("CIDEr-D"))
    #expect(!standard.results.contains("TER"))
    // The images are looked for where the command runs.
    try folder.write("none.tsv", "images/none.png\ta red circle\n")
    let missing = Recorder()
    #expect(
      missing.run("evaluate", "--model", model, "--pairs", folder["none.tsv"]) == .failure)
    #expect(missing.notes.contains("none.tsv:1: the image that"), "\(missing.notes)")
    let wrong = Recorder()
    #expect(
      wrong.run(
        "evaluate", "--model", model, "--source", folder["test.tsv"], "--reference",
        folder["test.tsv"]) == .usage)
    #expect(wrong.notes.contains("'--source' is for models that read text"))
  }
}
