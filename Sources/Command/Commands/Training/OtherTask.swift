import DragomanTraining
import DragomanTranslation

/// A configuration whose task is not the one that a command is for.
struct OtherTask: Error, CustomStringConvertible {
  /// The configuration's file.
  let path: String
  /// Its task.
  let found: ModelTask
  /// What to do.
  let remedy: String
  /// What was expected and found, and what to do.
  var description: String {
    "\(path): expected task \"\(ModelTask.translation.rawValue)\", found \"\(found.rawValue)\"; \(remedy)"
  }

  /// Refuses a configuration of another task than translation.
  static func refuse(
    _ configuration: RunConfiguration, _ path: String, remedy: String
  ) throws(OtherTask) {
    guard configuration.task == .translation else {
      throw OtherTask(path: path, found: configuration.task, remedy: remedy)
    }
  }
}
