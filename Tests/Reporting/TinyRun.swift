import DragomanSystem
import DragomanFormats
import DragomanTestSupport
import DragomanTraining

@testable import DragomanReporting

/// A run of a moment with its log, report and event files.
final class TinyRun {
  let scratch: TemporaryFolder
  var configuration = RunConfiguration()
  var folder: RunFolder { RunFolder(name: configuration.name, in: scratch.path) }

  /// Texts that want to be markup stand among the validation pairs.
  init(_ name: String = "tiny") throws {
    scratch = try TemporaryFolder()
    let lines = (0..<24).map { index in
      "a b \(index % 3) c\tc \(index % 3) b a\n"
    }.joined()
    try scratch.write("train.tsv", lines)
    try scratch.write(
      "validation.tsv", "<script>1</script> & \"x\"\t<b>y</b>\nسلام\tשלום\na b\tb a\n")
    configuration.name = name
    configuration.data.train = [.tsv(scratch["train.tsv"])]
    configuration.data.validation = [.tsv(scratch["validation.tsv"])]
    configuration.tokenizer.kind = .word
    configuration.model.embedding = 5
    configuration.model.recurrentEncoder.hidden = 4
    configuration.model.recurrentDecoder.hidden = 6
    configuration.model.attention.size = 3
    configuration.training.batchTokens = 30
    configuration.training.epochs = nil
    configuration.training.updates = 8
    configuration.training.validateEvery = .updates(2)
    configuration.training.patience = nil
    configuration.training.metrics = [.bleu, .loss]
    configuration.training.samples = 2
    configuration.training.logEvery = 1
    configuration.decoding.maximumLength = 5
  }

  /// Trains, or goes on, until the end or for so many updates.
  func train(
    resume: Bool = false, stopAfter: Int? = nil, time: @escaping () -> Double = { 1000 }
  ) throws {
    let log = TrainingLog(path: folder.log)
    let report = TrainingReport(path: folder.report, log: folder.log)
    let events = TensorBoardLog(folder, time: time)
    let trainer = try Trainer(
      configuration, folder: folder, resume: resume, threads: 1,
      observers: [log, report, events])
    let start = trainer.position.update
    try trainer.run { stopAfter.map { trainer.position.update - start >= $0 } ?? false }
    for failure in [log.failure, report.failure, events.failure] {
      if let failure { throw failure }
    }
  }

  /// The report as text.
  func report() throws -> String { String(decoding: try Files.read(folder.report), as: UTF8.self) }
}
