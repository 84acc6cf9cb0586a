import DragomanTestSupport
import Foundation

@testable import DragomanCommand

/// A folder with texts and pictures of two classes, and what the command says of it.
struct ClassifierFixture {
  private let scratch: TemporaryFolder
  var folder: URL { URL(filePath: scratch.path) }

  init() throws {
    scratch = try TemporaryFolder()
    for name in ["pictures/left", "pictures/right"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    try write("texts.tsv", (0..<60).map(text).joined())
    var names = ""
    for index in 0..<40 {
      let label = ["left", "right"][index % 2]
      try write("pictures/\(label)/\(index).pgm", picture(index))
      names += "\(label)/\(index).pgm\t\(label)\n"
    }
    try write("pictures.tsv", names)
  }

  private func text(_ index: Int) -> String {
    let (verb, label) = [("turn on", "light"), ("play", "music")][index % 2]
    return "please \(verb) the one of number \(index) now\t\(label)\n"
  }

  /// 8 × 8 pixels, one half of them brighter.
  private func picture(_ index: Int) -> String {
    let pixels = (0..<64).map { place in
      (place % 8 < 4) == (index % 2 == 0) ? 180 + index : 60 + index
    }
    return "P2 8 8 255 " + pixels.map(String.init).joined(separator: " ")
  }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func write(_ name: String, _ data: Data) throws {
    try data.write(to: folder.appending(path: name))
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  /// Runs the command; paths in what it says are those within the folder.
  func run(_ arguments: String...) -> (code: ExitCode, results: String, notes: String) {
    run(arguments)
  }

  func run(_ arguments: [String]) -> (code: ExitCode, results: String, notes: String) {
    let recorder = Recorder()
    let code = recorder.run(arguments)
    func plain(_ text: String) -> String {
      text.replacingOccurrences(of: folder.path + "/", with: "")
    }
    return (code, plain(recorder.results), plain(recorder.notes))
  }

  /// Writes a configuration for the texts and trains it.
  func train(_ json: String, _ more: String...) throws -> (
    code: ExitCode, results: String, notes: String
  ) {
    try write("run.json", json.replacingOccurrences(of: "FOLDER", with: folder.path))
    let recorder = Recorder()
    let code = recorder.run(
      ["train", "--config", path("run.json"), "--runs", path("runs"), "--no-report", "--restart"]
        + more)
    return (code, recorder.results, recorder.notes)
  }
}
