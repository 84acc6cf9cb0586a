import DragomanSystem
import DragomanFormats
import DragomanReporting
import DragomanTraining

/// `dragoman train`: a run from a configuration file.
enum TrainCommand {
  private static let from = OptionDefinition.option(
    "from", "MODEL",
    "Begin with the weights, architecture and vocabularies of a model, not with random weights: of a file, or of the "
      + "folder of a run.")
  private static let extend = OptionDefinition.flag(
    "extend-vocabulary",
    "With --from: append words or characters of the new training pairs that the model does not know, up to "
      + "tokenizer.vocabulary entries. Byte pairs know everything."
  )
  private static let resume = OptionDefinition.flag(
    "resume", "Go on with the run where it was stopped, as if nothing had happened.")
  private static let restart = OptionDefinition.flag(
    "restart", "Throw away the run of this name and begin again.")
  private static let runs = OptionDefinition.option(
    "runs", "FOLDER", default: "runs", "Where the run's folder is made, named after the run.")
  private static let timeout = OptionDefinition.option(
    "timeout", "SECONDS", default: "600",
    "How long one of several processes waits for another before all of them end.")
  private static let quiet = OptionDefinition.flag(
    "quiet", "Say nothing while training; errors and the model's path are still told.")
  private static let verbose = OptionDefinition.flag(
    "verbose",
    "Keep each log entry on a line of its own, with the gradient's length, and tell of checkpoints."
  )
  private static let json = OptionDefinition.flag(
    "json", "Print how the run ended as JSON instead of the model's path.")
  private static let noReport = OptionDefinition.flag(
    "no-report", "Write no report.html.")
  private static let noTensorBoard = OptionDefinition.flag(
    "no-tensorboard", "Write no event files for TensorBoard.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "train", "Train a model as a configuration file says.",
    operand: SharedOptions.configuration,
    options: [
      SharedOptions.config, SharedOptions.set, from, extend, resume, restart, runs,
      SharedOptions.threads, timeout,
      noReport, noTensorBoard, quiet, verbose, json,
    ],
    discussion: """
      The run's folder gets the configuration with everything filled in (config.json), the best \
      model by validation loss or what training.metrics says (best.safetensors), the state to resume \
      from (last.safetensors), a log (log.jsonl), a page that shows it (report.html) and the same for \
      `tensorboard --logdir runs`. Ctrl-C saves and stops; a second one stops at once. The \
      exit code is then 130, after SIGTERM 143, after SIGHUP 129.

      With --from, the configuration need not state model and tokenizer; what it states of them must be what the \
      model has. data, training and decoding are its own. --resume needs the same --from and --set again. A classifier \
      begins with another one, perhaps of other classes, or with the encoder of a model that translates.

      Several processes that mpirun or srun starts share each batch, in a build with MPI; the result depends on \
      training.pieces and not on how many they are.

      Examples:
        dragoman train configs/phrasebook.json
        dragoman train configs/phrasebook.json --set model.dropout=0.3
        dragoman train my.json --from runs/phrasebook
      """, isShared: true, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try arguments.refuse(resume, with: restart)
    try arguments.refuse(quiet, with: verbose)
    let patience = try arguments.integer(timeout, atLeast: 1, atMost: 1_000_000)
    if patience != nil, !Job.isShared { throw JobError.alone(timeout) }
    let processes = try Job.join(timeout: patience ?? 600)
    let console = processes.isFirst ? console : console.silent
    let threads = try SharedOptions.threads(arguments)
    let overrides = try arguments.overrides(SharedOptions.set)
    let pretrained = try arguments.text(from).map {
      try PretrainedModel(
        path: ModelPath.file(of: $0, console), extendingVocabulary: arguments.has(extend))
    }
    if pretrained == nil, arguments.has(extend) {
      throw UsageError.missingOption(from, command: arguments.command)
    }
    let path = SharedOptions.configurationPath(arguments)
    let (configuration, advice) =
      try pretrained?.configuration(path: path, overrides: overrides)
      ?? RunConfiguration.readAdvised(path: path, overrides: overrides)
    let reasons = advice?.reasons(besides: pretrained == nil ? [] : ["tokenizer", "model"]) ?? []
    for reason in arguments.has(quiet) ? [] : reasons {
      console.message("preset \(configuration.preset.rawValue): \(reason)")
    }
    let folder = RunFolder(name: configuration.name, in: arguments.text(runs) ?? "runs")
    let log = TrainingLog(path: folder.log)
    let progress = ProgressLine(
      isTerminal: console.isInteractive, width: console.width, isVerbose: arguments.has(verbose),
      write: console.note)
    let report = TrainingReport(path: folder.report, log: folder.log)
    let events = TensorBoardLog(folder)
    var observers: [any TrainingObserver] = arguments.has(quiet) ? [log] : [progress, log]
    // The report reads the log, so it stands after it.
    if !arguments.has(noReport) { observers.append(report) }
    if !arguments.has(noTensorBoard) { observers.append(events) }
    Interruption.listen()
    let trainer = try Trainer(
      configuration, folder: folder, from: pretrained, resume: arguments.has(resume),
      restart: arguments.has(restart), threads: threads, processes: processes,
      observers: observers)
    if let damage = trainer.damage {
      console.message(
        "\(damage)\nthe run goes on from \(folder.previous), the checkpoint before it")
    }
    Interruption.begin()
    let outcome = try trainer.run { Interruption.isRequested }
    // Where its files are now, should somebody have moved them.
    let place = trainer.folder.current
    if let failure = log.failure { console.message("the log is incomplete: \(failure)") }
    if let failure = report.failure { console.message("the report is not up to date: \(failure)") }
    if let failure = events.failure {
      console.message("the files for TensorBoard are incomplete: \(failure)")
    }
    if !trainer.hasBegun { console.message("stopped before training began; no file was changed") }
    if trainer.hasBegun, !arguments.has(quiet), !arguments.has(json) {
      let isReported = !arguments.has(noReport) && report.failure == nil
      NextSteps(folder: place, configuration: configuration).lines(report: isReported)
        .forEach(console.message)
    }
    if arguments.has(json) {
      try console.print(summary(outcome, place, trainer.record))
    } else if outcome != .stopped {
      try console.print(place.best)
    }
    return outcome == .stopped ? Interruption.exitCode ?? .success : .success
  }

  private static func summary(
    _ outcome: TrainingOutcome, _ folder: RunFolder, _ record: TrainingRecord
  ) -> JSON {
    [
      "outcome": "\(outcome)", "run": .string(folder.path),
      "best": Files.exists(folder.best) ? .string(folder.best) : .null, "record": record.json,
    ]
  }
}
