import DragomanFormats
import DragomanSystem

/// Processes that were started to do one job, but cannot.
package enum ProcessDisagreement: Error, Equatable {
  /// Another process has something else.
  case differs(what: Subject, process: String, found: String, first: String, expected: String)
  /// So many processes cannot share so many pieces.
  case count(processes: Int, pieces: Int)
  /// A file is standard input, which only the first process has.
  case standardInput

  /// What has to be equal in all processes.
  package enum Subject: String, Sendable {
    case version, program, clock, configuration, data, position, weights
  }
}

extension ProcessDisagreement: CustomStringConvertible {
  /// What is wrong, and what to do.
  package var description: String {
    switch self {
    case .differs(let what, let process, let found, let first, let expected):
      """
      \(process) has \(Self.name(what)) \(found), but \(first) has \(expected). \(Self.advice(what))
      """
    case .count(let processes, let pieces):
      if PieceTree.isCount(processes) {
        """
        \(processes) processes cannot share batches of \(Words.count(pieces, "piece")): expected \(pieces) \
        at most. Start fewer, or begin a run with training.pieces \(processes) or more.
        """
      } else {
        """
        \(processes) processes cannot share batches of \(Words.count(pieces, "piece")): expected 1, 2, 4, 8 … \
        of them. Start \(1 << (Int.bitWidth - 1 - processes.leadingZeroBitCount)).
        """
      }
    case .standardInput:
      """
      "-" is standard input, which reaches the first process only. Name a file that all processes can read.
      """
    }
  }

  private static func name(_ what: Subject) -> String {
    switch what {
    case .version: "version"
    case .program: "a program of checksum"
    case .clock: "the time"
    case .configuration: "a configuration with"
    case .data: "data of checksum"
    case .position: "come to"
    case .weights: "weights of checksum"
    }
  }

  private static func advice(_ what: Subject) -> String {
    switch what {
    case .version, .program: "Copy one build to all machines."
    case .clock: "Set the clocks, for instance by NTP: what a run writes tells when it was."
    case .configuration: "Give all processes the same file and the same --set."
    case .data: "Give all processes the same files, for instance in a folder that they share."
    case .position:
      "Give all processes the same folder of the run, in a file system that they share."
    case .weights:
      "A machine computes wrongly, or a file was read wrongly. Go on with --resume, without that machine."
    }
  }
}

extension ProcessGroup {
  /// Compares what each process has with what the first one has.
  ///
  /// - Throws: ``ProcessDisagreement/differs(what:process:found:first:expected:)``, in every process the same.
  func require(_ facts: [(what: ProcessDisagreement.Subject, value: String)]) throws {
    guard size > 1 else { return }
    let told = JSON.array(facts.map { .string($0.value) }).serialized()
    let all = try gather(Array(told.utf8)).enumerated().map { rank, bytes in
      try JSON.parse(bytes, file: name(of: rank)).array?.map { $0.string ?? "" } ?? []
    }
    for (index, fact) in facts.enumerated() {
      // Another version may tell less.
      let values = all.map { index < $0.count ? $0[index] : "" }
      for rank in 1..<size where values[rank] != values[0] {
        throw ProcessDisagreement.differs(
          what: fact.what, process: name(of: rank), found: values[rank], first: name(of: 0),
          expected: values[0])
      }
    }
  }

  /// The same of a configuration; an error names the first key that differs.
  func require(sameConfiguration configuration: JSON) throws {
    guard size > 1 else { return }
    let all = try gather(Array(configuration.serialized().utf8)).enumerated().map { rank, bytes in
      try JSON.parse(bytes, file: name(of: rank))
    }
    for rank in 1..<size {
      guard let key = all[rank].differences(from: all[0]).first else { continue }
      func stated(_ rank: Int) -> String {
        "\(key) \((all[rank].value(at: key) ?? .null).serialized())"
      }
      throw ProcessDisagreement.differs(
        what: .configuration, process: name(of: rank), found: stated(rank), first: name(of: 0),
        expected: stated(0))
    }
  }

  /// Looks whether all processes can do one job: the same program, at about the same time.
  ///
  /// - Parameters:
  ///   - version: of the program.
  ///   - program: the checksum of its file; `nil` where it cannot be read.
  ///   - clock: seconds since 1970.
  /// - Throws: ``ProcessDisagreement``.
  package func requireSameProgram(version: String, program: String?, clock: Double) throws {
    try require([(.version, version), (.program, program ?? "unknown")])
    let clocks = try gather(numbers: [clock.bitPattern]).map { Double(bitPattern: $0[0]) }
    for rank in 0..<size where abs(clocks[rank] - clocks[0]) > Self.clockTolerance {
      throw ProcessDisagreement.differs(
        what: .clock, process: name(of: rank), found: DateText.iso(clocks[rank]),
        first: name(of: 0), expected: DateText.iso(clocks[0]))
    }
  }

  /// Seconds by which clocks may differ: what starting all processes may take.
  private static var clockTolerance: Double { 300 }
}
