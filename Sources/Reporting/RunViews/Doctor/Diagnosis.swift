import DragomanPages
import DragomanSystem
package import DragomanFormats
import DragomanTensor

/// What this build can use on this machine, and whether it computes and stores rightly.
package struct Diagnosis: Sendable {
  /// Something that was tried.
  package struct Check: Sendable, Equatable {
    /// What it was.
    package let name: String
    /// What went wrong; `nil` if nothing did.
    package let problem: String?
  }

  /// One of the processes that a launcher started together.
  package struct Process: Sendable, Equatable {
    /// Its number, from 0.
    package let rank: Int
    /// Its machine.
    package let host: String
    /// Threads that compute.
    package let threads: Int

    /// A process.
    package init(rank: Int, host: String, threads: Int) {
      (self.rank, self.host, self.threads) = (rank, host, threads)
    }
  }

  /// What the console knows of its other end.
  package struct Screen: Sendable, Equatable {
    /// Whether input comes from a keyboard.
    package let isTyped: Bool
    /// Whether messages appear on a screen, so that lines are written over.
    package let isInteractive: Bool
    /// Whether results are coloured.
    package let hasColour: Bool
    /// Whether `NO_COLOR` is set.
    package let noColour: Bool
    /// Columns of the screen.
    package let width: Int

    /// What is known.
    package init(
      isTyped: Bool, isInteractive: Bool, hasColour: Bool, noColour: Bool, width: Int
    ) {
      (self.isTyped, self.isInteractive, self.hasColour) = (isTyped, isInteractive, hasColour)
      (self.noColour, self.width) = (noColour, width)
    }
  }

  let version: String
  let threads: Int
  let instructions: Kernels.InstructionSet
  let peak: Double
  let bandwidth: Double
  let memory: Int?
  let screen: Screen
  let mpi: String?
  let processes: [Process]
  /// Everything that was tried.
  package let checks: [Check]

  /// Whether something is wrong.
  package var isSick: Bool { checks.contains { $0.problem != nil } }

  /// Measures the machine and tries everything; files are written to `folder` and removed.
  package init(
    version: String, threads: Int?, mpi: String? = nil, processes: [Process] = [], folder: String,
    screen: Screen
  ) {
    let kernels = Kernels(threads: threads)
    self.version = version
    (self.mpi, self.processes) = (mpi, processes)
    self.threads = kernels.threads
    instructions = kernels.instructions
    self.screen = screen
    memory = Memory.installed
    checks =
      ArithmeticCheck(threads: kernels.threads).checks + [StorageCheck(folder: folder).check]
    peak = kernels.measurePeak()
    bandwidth = kernels.measureBandwidth()
  }

  private var available: [String] { Kernels.available.map(\.rawValue) }

  /// The diagnosis for people.
  package var lines: [String] {
    func yes(_ condition: Bool) -> String { condition ? "yes" : "no" }
    let rows = [
      ["version", version],
      [
        "instructions",
        "\(instructions.rawValue), of \(available.joined(separator: ", ")) that this processor has",
      ],
      ["threads", "\(threads) of \(Kernels.cores) processors"],
      ["MPI", mpi ?? "not in this build (swift build -c release --traits MPI)"],
      ["memory", memory.map(NumberText.bytes) ?? "the system does not tell"],
      [
        "speed",
        "\(NumberText.significant(peak / 1e9, digits: 3)) GFLOP/s of fused multiply-adds, "
          + "\(NumberText.significant(bandwidth / 1e9, digits: 3)) GB/s from memory",
      ],
      [
        "terminal",
        "typed input \(yes(screen.isTyped)), messages on a screen \(yes(screen.isInteractive)), "
          + "\(screen.width) columns",
      ],
      [
        "colours",
        yes(screen.hasColour) + (screen.noColour ? ", NO_COLOR is set" : ", NO_COLOR is not set"),
      ],
    ]
    let started = processes.map {
      [
        "process \($0.rank)",
        "on \($0.host), \(Words.count($0.threads, "thread"))",
      ]
    }
    return TextTable(rows + started, leading: 2).lines
      + checks.map {
        "\($0.problem == nil ? "ok   " : "WRONG")  \($0.name)"
          + ($0.problem.map { ": \($0)" } ?? "")
      }
      + [isSick ? "something is wrong: this build should not be trusted here" : "all is well"]
  }

  /// The diagnosis for programs.
  package var json: JSON {
    [
      "version": .string(version), "instructions": .string(instructions.rawValue),
      "available": .strings(available), "threads": .int(threads),
      "processors": .int(Kernels.cores), "mpi": mpi.map { .string($0) } ?? .null,
      "processes": .array(
        processes.map {
          ["rank": .int($0.rank), "host": .string($0.host), "threads": .int($0.threads)]
        }), "memory": memory.map { .int($0) } ?? .null,
      "peak": .double(peak), "bandwidth": .double(bandwidth),
      "terminal": [
        "isTyped": .bool(screen.isTyped), "isInteractive": .bool(screen.isInteractive),
        "hasColour": .bool(screen.hasColour), "noColour": .bool(screen.noColour),
        "width": .int(screen.width),
      ],
      "checks": .array(
        checks.map { check in
          ["name": .string(check.name), "problem": check.problem.map { .string($0) } ?? .null]
        }), "isWell": .bool(!isSick),
    ]
  }
}
