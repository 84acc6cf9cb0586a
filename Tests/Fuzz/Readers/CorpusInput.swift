import DragomanFormats
import DragomanFuzzEntry

@testable import DragomanText

/// Files of sentence pairs.
enum CorpusInput {
  private static let scratch = Scratch("corpus")

  /// Reads an input as a file of this name, or its two parts as files of both names.
  static func reading(_ name: String, and other: String? = nil) -> @Sendable ([UInt8]) -> Void {
    { bytes in
      var file = CorpusFile(path: "\(scratch.path)/\(name)")
      if let other {
        let parts = bytes.parts
        let source = scratch.write(name, parts[0])
        file = .aligned(
          source: source, target: scratch.write(other, Array(parts.dropFirst().joined())))
      } else {
        scratch.write(name, bytes)
      }
      var layout = CorpusLayout(sourceKey: "en", targetKey: "fr")
      for isLenient in [false, true] {
        layout.decodesEntities = isLenient
        Promise.attempt {
          try look(at: ParallelCorpus(reading: [file], layout: layout, skippingBroken: isLenient))
        }
      }
    }
  }

  /// Everything that comes through is text, and can be checked and shown.
  private static func look(at corpus: ParallelCorpus) throws {
    for index in corpus.indices {
      for side in [corpus.sources, corpus.targets] {
        Promise.keep(
          UTF8Check.firstInvalid(Array(side.utf8(at: index))) == nil, "pair \(index) is not UTF-8")
      }
      _ = corpus.place(of: index)
    }
    // The tables of a check are large: one in eight is looked at.
    guard corpus.sources.bytes.count % 8 == 1 else { return }
    let report = CorpusReport([("train", corpus), ("test", corpus)], maximumLength: 20)
    Promise.keep(report.parts.count == 2, "\(report.parts.count) parts")
    for problem in report.problems { _ = "\(problem)" }
  }
}
