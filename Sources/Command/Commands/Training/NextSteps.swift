import DragomanSystem
import DragomanTraining
import DragomanTranslation

/// What can be done with a run that is over, as commands.
struct NextSteps {
  /// Where the run's files are.
  let folder: RunFolder
  /// What was trained.
  let configuration: RunConfiguration

  /// The report's path, if there is one, and the commands, a line each.
  func lines(report: Bool) -> [String] {
    var lines = report ? ["report: \(folder.report)"] : []
    let model = "--model \(Self.quoted(folder.best))"
    if Files.exists(folder.best) {
      switch configuration.task {
      case .translation: lines.append("next: dragoman translate \(model)")
      case .classification: lines.append("next: dragoman classify \(model)")
      case .captioning: lines.append("next: dragoman caption \(model)")
      }
      if !configuration.data.test.isEmpty { lines.append("next: dragoman evaluate \(model)") }
    }
    return lines
  }

  /// A word of a command line as a shell reads it.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "/._-+".unicodeScalars.contains($0)
    }
    return isPlain ? word : Shell.quoted(word)
  }
}
