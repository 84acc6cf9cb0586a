import DragomanModels
import DragomanSystem
import DragomanFormats
import DragomanLayers
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

/// A folder of its own, with small corpora and a configuration that trains on them in a moment.
final class RunFixture {
  private let scratch: TemporaryFolder
  var root: String { scratch.path }
  var configuration = RunConfiguration()

  /// `pairs` reversed sequences of `lengths` letters, and an eighth as many for validation.
  init(pairs: Int = 160, lengths: ClosedRange<Int> = 2...6) throws {
    scratch = try TemporaryFolder()
    var state: UInt64 = 42
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    func corpus(_ count: Int) -> String {
      (0..<count).map { _ in
        let letters = (0..<(lengths.lowerBound + draw(lengths.count))).map { _ in
          String("abcdefghij".dropFirst(draw(10)).prefix(1))
        }
        return letters.joined(separator: " ") + "\t"
          + letters.reversed().joined(separator: " ") + "\n"
      }.joined()
    }
    try AtomicFile.write(Array(corpus(pairs).utf8), to: "\(root)/train.tsv")
    try AtomicFile.write(Array(corpus(max(pairs / 8, 4)).utf8), to: "\(root)/validation.tsv")
    configuration.name = "run"
    configuration.data.train = [.tsv("\(root)/train.tsv")]
    configuration.data.validation = [.tsv("\(root)/validation.tsv")]
    configuration.tokenizer.kind = .word
    configuration.model.embedding = 12
    configuration.model.recurrentEncoder.hidden = 10
    configuration.model.recurrentDecoder.hidden = 14
    configuration.model.attention.size = 9
    configuration.model.dropout = DropoutConfiguration(0.2)
    configuration.training.batchTokens = 60
    configuration.training.epochs = 3
    configuration.training.logEvery = 7
  }

  func folder(_ name: String) -> RunFolder { RunFolder(name: name, in: root) }

  /// Trains and returns the bytes of best and last.
  @discardableResult
  func train(
    in folder: RunFolder, resume: Bool = false, threads: Int = 1, stopAfter: Int? = nil
  ) throws -> (best: [UInt8], last: [UInt8]) {
    let trainer = try Trainer(configuration, folder: folder, resume: resume, threads: threads)
    let start = trainer.position.update
    try trainer.run { stopAfter.map { trainer.position.update - start >= $0 } ?? false }
    return (
      Files.exists(folder.best) ? try Files.read(folder.best) : [], try Files.read(folder.last)
    )
  }
}
