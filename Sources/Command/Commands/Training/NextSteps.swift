import DragomanFormats
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
    let model = "--model \(ShellWord.quoted(folder.best))"
    if Files.exists(folder.best) {
      switch configuration.task {
      case .translation: lines.append("next: dragoman translate \(model)")
      case .classification: lines.append("next: dragoman classify \(model)")
      case .captioning:
        lines.append(
          "next: dragoman caption \(model) \(configuration.readsImages ? "IMAGE" : "FEATURES")")
      }
      if !configuration.data.test.isEmpty { lines.append("next: dragoman evaluate \(model)") }
    }
    return lines
  }
}
