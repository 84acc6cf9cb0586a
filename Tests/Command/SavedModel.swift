import DragomanTestSupport
import DragomanTranslation

@testable import DragomanCommand

/// A small model in a folder of its own, and the program beside it.
struct SavedModel {
  /// What a command ended with and wrote.
  typealias Outcome = (code: ExitCode, results: String, notes: String)

  let folder: TemporaryFolder
  /// Where the model file is.
  let path: String

  init(_ file: ModelFile = SmallModel.file()) throws {
    folder = try TemporaryFolder()
    path = folder["model.safetensors"]
    try file.write(to: path)
  }

  /// Runs `dragoman` with these words.
  func run(
    _ words: [String], hasColour: Bool = false, width: Int = 80, isScreen: Bool = false
  ) -> Outcome {
    let recorder = Recorder()
    let code = recorder.run(words, hasColour: hasColour, width: width, isScreen: isScreen)
    return (code, recorder.results, recorder.notes)
  }

  /// Runs a command with the model, for translations that end soon; that they are cut off is not told.
  func briefly(_ words: [String], hasColour: Bool = false, width: Int = 80) -> Outcome {
    run(
      words + ["--model", path, "--maximum-length", "8", "--quiet"], hasColour: hasColour,
      width: width)
  }
}
