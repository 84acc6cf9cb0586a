import DragomanFormats
import DragomanReporting

/// `dragoman runs`: what has been trained so far, and how well.
enum RunsCommand {
  private static let runs = OptionDefinition.option(
    "runs", "FOLDER", default: "runs", "The folder that holds the runs, in place of the operand.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "runs", "List the runs with their state and best scores.",
    operand: OperandDefinition(
      name: "FOLDER", count: 0...1, sameAs: runs, help: "The folder that holds the runs."),
    options: [runs, SharedOptions.json],
    discussion: """
      A run is finished, stopped (--resume goes on), unfinished (running, or killed) or damaged (a file of it \
      cannot be read; the message is below it). Scores are the best of all validations, each of its own \
      update, which --json tells. Only the heads of model files are read; "inspect" reads all of one.

      Examples:
        dragoman runs
        dragoman runs --json | jq -r 'select(.state == "stopped").name'
      """
  ) { arguments, console in
    let root = arguments.text(runs) ?? "runs"
    let list = try RunList(root: root)
    for name in list.unreadable {
      console.message("\(root)/\(name): the name is not valid UTF-8, and it is left out; rename it")
    }
    if arguments.has(SharedOptions.json) {
      for run in list.runs { try console.print(run.json) }
    } else if list.runs.isEmpty {
      console.message("there are no runs in \(root)/")
    } else {
      for line in list.lines { try console.print(line) }
    }
    return .success
  }
}
