import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanCommand

/// A folder in which all that the examples name is there: pairs, configurations, runs, and tools that may not be
/// installed.
///
/// The runs have the model of Tests/Fixtures/demo, but for those that need a classifier or a Transformer. Trainings end
/// after two updates, and what the examples train is put elsewhere.
final class ExampleWorld {
  private let folder: TemporaryFolder
  private let root = testsFolder.appending(path: "../..").standardizedFileURL

  init() throws {
    folder = try TemporaryFolder()
    try makeTools()
    try makeCorpora()
    try makeRuns()
  }

  /// Runs a line of shell; gives its exit code and all that it wrote.
  func run(_ line: String) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["bash", "-c", "set -o pipefail; " + line]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = ProcessInfo.processInfo.environment.merging([
      "PATH": folder["bin"] + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
      "HOME": folder.path, "WORLD": folder.path,
    ]) { $1 }
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    try output.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  // MARK: What is there

  private func make(_ path: String, _ text: String) throws {
    let url = URL(filePath: folder[path])
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// The first lines of a file of the project.
  private func lines(_ path: String, _ count: Int) throws -> [Substring] {
    let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
    return Array(text.split(separator: "\n").prefix(count))
  }

  private func makeTools() throws {
    let program = `The executable`.program.path
    let tools = [
      "dragoman": """
      #!/bin/sh
      command=$1
      case "$command" in
        train) set -- "$@" --restart --runs "${RUNS:-trained}" --threads 1 --set training.updates=2 --set \
      'training.metrics=["loss"]' \
            --set training.schedule.warmup=0 ;;
        benchmark) set -- "$@" --steps 1 --sentences 2 --length 3 --vocabulary 300 ;;
        new)  # writes only what is not there
          folder=$(mktemp -d "$WORLD/new.XXXXXX")
          cp "$WORLD"/*.tsv "$WORLD"/*.tmx "$WORLD"/*.npz "$WORLD"/train.* "$folder" && cd "$folder"
          ln -s "$WORLD"/photos "$WORLD"/folder-with-a-folder-for-each-class . ;;
        classify)
          case "$*" in *--model* | *" runs/"*) ;; *) set -- "$@" --model runs/topics-gru/best.safetensors ;; esac ;;
        caption)
          case "$*" in *--model* | *" runs/"*) ;; *) set -- "$@" --model runs/scenes-caption/best.safetensors ;; esac ;;
        explain)
          case "$*" in *photo.png*) set -- "$@" --model runs/scenes-caption/best.safetensors ;; esac ;;
        translate)
          case "$*" in *--layer*) set -- "$@" --model runs/heads/best.safetensors ;; esac ;;
      esac
      exec '\(program)' "$@"
      """,
      "xz": "#!/bin/sh\ncat \"$2\"\n", "zstd": "#!/bin/sh\ncat \"$2\"\n",
      "man": "#!/bin/sh\ncat > /dev/null\n", "jq": "#!/bin/sh\ncat > /dev/null\n",
    ]
    for (name, text) in tools {
      try make("bin/\(name)", text)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: folder["bin/\(name)"])
    }
    for path in [".zfunc", ".config/fish/completions", ".local/share/man/man1"] {
      try FileManager.default.createDirectory(
        atPath: folder[path], withIntermediateDirectories: true)
    }
  }

  private func makeCorpora() throws {
    for set in ["phrasebook/train.en-fr", "phrasebook/validation.en-fr", "phrasebook/test.en-fr"]
      + ["topics/train", "topics/validation", "topics/test"]
      + ["scenes/train", "scenes/validation", "scenes/test"]
      + ["reverse/train", "reverse/validation", "reverse/test"]
    {
      let count = set.hasPrefix("scenes") ? 20 : set.hasSuffix("train") ? 300 : 40
      let text = try lines("data/\(set).tsv", count).joined(separator: "\n")
      try make("data/\(set).tsv", text + "\n")
    }
    let links =
      try lines("data/phrasebook/test.en-fr.alignments", 40).joined(separator: "\n") + "\n"
    for name in ["data/phrasebook/test.en-fr.alignments", "out.align", "test.align"] {
      try make(name, links)
    }
    for part in ["train", "validation", "test"] {
      for set in ["scenes", "scenes/captions"] {
        try FileManager.default.createDirectory(
          atPath: folder["data/\(set)"], withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
          atPath: folder["data/\(set)/\(part)"],
          withDestinationPath: root.appending(path: "data/\(set)/\(part)").path)
      }
      let table = "data/scenes/captions/\(part).en.tsv"
      try make(table, try lines(table, 12).joined(separator: "\n") + "\n")
    }
    for name in ["one", "two", "photo"] {
      try FileManager.default.copyItem(
        at: root.appending(path: "data/scenes/test/0000.png"),
        to: URL(filePath: folder["\(name).png"]))
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder["configs"], withDestinationPath: root.appending(path: "configs").path)
    for name in ["series", "convolutional-attention"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder["data/\(name)"],
        withDestinationPath: root.appending(path: "data/\(name)").path)
    }
    try FileManager.default.createDirectory(
      atPath: folder["docs/pages"], withIntermediateDirectories: true)
    try makeExamplesOfClasses()
    let pairs = try lines("data/phrasebook/train.en-fr.tsv", 120).map {
      $0.split(separator: "\t").map(String.init)
    }
    let table = pairs.map { "\($0[0])\t\($0[1])\n" }.joined()
    for name in ["my.tsv", "pairs.tsv", "test.tsv", "words.tsv", "big.tsv.xz", "train.tsv.xz"] {
      try make(name, table)
    }
    for (name, side) in [("en", 0), ("de", 1), ("fr", 1), ("ja", 1)] {
      let text = pairs.map { $0[side] + "\n" }.joined()
      for stem in ["train", "test", "out", "old"] { try make("\(stem).\(name)", text) }
    }
    for name in ["in.txt", "input.txt", "lines.txt"] {
      try make(name, pairs.prefix(3).map { $0[0] + "\n" }.joined())
    }
    for name in ["one.txt", "two.txt", "out.txt"] {
      try make(name, pairs.map { $0[1] + "\n" }.joined())
    }
    func member(_ text: String) -> String { text.replacing("\"", with: "\\\"") }
    try make(
      "train.jsonl.zst",
      pairs.map { #"{"source": "\#(member($0[0]))", "target": "\#(member($0[1]))"}"# + "\n" }
        .joined())
    try make(
      "memory.tmx",
      "<?xml version=\"1.0\"?><tmx version=\"1.4\"><header srclang=\"en\"/><body>"
        + pairs.map {
          "<tu><tuv xml:lang=\"en\"><seg>\($0[0])</seg></tuv><tuv xml:lang=\"fr\"><seg>\($0[1])</seg></tuv></tu>"
        }.joined() + "</body></tmx>\n")
    let data = #""data": {"train": ["my.tsv"], "validation": ["test.tsv"], "test": ["test.tsv"]}"#
    for name in ["my", "run", "big"] {
      try make(
        "\(name).json",
        "{\(data)" + (name == "run" ? #", "model": {"embedding": 8}"# : "") + "}\n")
    }
  }

  /// Texts and images with their classes, and a series of vectors.
  private func makeExamplesOfClasses() throws {
    try make("texts.tsv", try lines("data/topics/train.tsv", 300).joined(separator: "\n") + "\n")
    var table = ""
    for (number, line) in try lines("data/scenes/train.tsv", 120).enumerated() {
      let columns = line.split(separator: "\t").map(String.init)
      table += "\(number).png\t\(columns[1])\n"
      let image = try Data(contentsOf: root.appending(path: "data/scenes/\(columns[0])"))
      for path in ["photos", "folder-with-a-folder-for-each-class/\(columns[1])"] {
        let path = URL(filePath: folder[path])
        try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
        try image.write(to: path.appending(path: "\(number).png"))
      }
    }
    try make("photos.tsv", table)
    try make(
      "photos.json",
      """
      {"task": "captioning",
       "data": {"train": ["photos.tsv"], "validation": ["photos.tsv"], "images": {"folder": "photos"}},
       "tokenizer": {"kind": "word"},
       "model": {"embedding": 8, "decoder": {"hidden": 8},
                 "encoder": {"kind": "convolutional", "stages": [{"channels": 4, "pool": "maximum"}]}}}
      """)
    try make(
      "classifier.json",
      """
      {"task": "classification",
       "data": {"train": ["photos.tsv"], "validation": ["photos.tsv"], "images": {"folder": "photos"}},
       "classifier": {"encoder": {"kind": "convolutional", "stages": [{"channels": 4, "pool": "maximum"}]}}}
      """)
    // NumPy's archives can hold what a safetensors file does; a reader tells them apart by their first bytes.
    for name in ["train", "validation"] {
      try FileManager.default.copyItem(
        at: root.appending(path: "data/series/\(name).safetensors"),
        to: URL(filePath: folder["\(name).npz"]))
    }
    try make(
      "new.json",
      """
      {"task": "classification",
       "data": {"train": ["data/topics/train.tsv"], "validation": ["data/topics/validation.tsv"]}}
      """)
    // Twenty vectors of three numbers: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
    let head = "{'descr': '<f4', 'fortran_order': False, 'shape': (20, 3), }"
    let padded = head.padding(toLength: 117, withPad: " ", startingAt: 0) + "\n"
    let series =
      Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 118, 0]) + Data(padded.utf8)
      + Data(repeating: 0, count: 240)
    try series.write(to: URL(filePath: folder["series.npy"]))
  }

  private func makeRuns() throws {
    func required(_ line: String) throws {
      let found = try run(line)
      try #require(found.code == 0, "\(line): \(found.output)")
    }
    try required("RUNS=runs dragoman train --quiet --config configs/topics-gru.json")
    try required(
      "RUNS=runs dragoman train --quiet --config configs/scenes-vit.json --set training.schedule.warmup=0"
    )
    try required("RUNS=runs dragoman train --quiet --config configs/scenes-squeeze.json")
    try required("RUNS=runs dragoman train --quiet --config configs/series-gru.json")
    try required("RUNS=runs dragoman train --quiet --config configs/scenes-caption.json")
    try required("RUNS=runs dragoman train --quiet --config classifier.json")
    try required(
      "RUNS=runs dragoman train --quiet --config configs/reverse-transformer.json --set name=heads "
        + "--set model.encoder.heads=4 --set model.decoder.heads=4"
    )
    try required("RUNS=runs dragoman train --quiet --config configs/phrasebook.json")
    let demo = testsFolder.appending(path: "../Fixtures/demo/demo.safetensors").path
    let scorers = ["additive", "dot", "general", "location"].map { "bigru-\($0)" }
    for name in ["a", "b", "demo", "gru", "lstm", "other", "my", "phrasebook"] + scorers {
      try required(
        """
        [ \(name) = phrasebook ] || cp -R runs/phrasebook runs/\(name); cp '\(demo)' runs/\(name)/best.safetensors
        """)
    }
    try required(
      """
      for copy in a b runs/my/update-1 runs/my/update-2; do cp runs/a/best.safetensors $copy.safetensors; done
      """)
  }
}
