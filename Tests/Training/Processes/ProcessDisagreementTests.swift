import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanTestSupport
import Synchronization
import Testing

@testable import DragomanTraining

@Suite struct `Processes that cannot work together` {
  private static func message(
    _ size: Int, _ body: @escaping @Sendable (ThreadGroup) throws -> Void
  ) -> String {
    do {
      _ = try ThreadGroup.run(size, body)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test func `are told which program and which clock is another`() {
    let version = Self.message(3) {
      try $0.requireSameProgram(
        version: $0.rank == 2 ? "0.1.0" : "0.2.0", program: "aa", clock: 1_790_000_000)
    }
    #expect(
      version == """
        process 2 on node-2 has version 0.1.0, but process 0 on node-0 has 0.2.0. Copy one build to all machines.
        """)
    let program = Self.message(2) {
      try $0.requireSameProgram(version: "0.2.0", program: "a\($0.rank)", clock: 1_790_000_000)
    }
    #expect(
      program == """
        process 1 on node-1 has a program of checksum a1, but process 0 on node-0 has a0. Copy one build to all \
        machines.
        """)
    let clock = Self.message(2) {
      try $0.requireSameProgram(
        version: "0.2.0", program: nil, clock: 1_790_000_000 + 400 * Double($0.rank))
    }
    #expect(
      clock == """
        process 1 on node-1 has the time 2026-09-21T14:20:00Z, but process 0 on node-0 has 2026-09-21T14:13:20Z. Set \
        the clocks, for instance by NTP: what a run writes tells when it was.
        """)
  }

  @Test func `are told the key of a configuration that differs, and other data`() throws {
    let fixture = try RunFixture()
    fixture.configuration.training.pieces = 2
    let (configuration, root) = (fixture.configuration, fixture.root)
    func message(_ change: @escaping @Sendable (inout RunConfiguration) -> Void) -> String {
      Self.message(2) { group in
        var own = configuration
        if group.rank == 1 { change(&own) }
        let folder = RunFolder(name: "run", in: root)
        try Trainer(own, folder: folder, processes: group).run()
      }
    }
    #expect(
      message { $0.training.seed = 7 } == """
        process 1 on node-1 has a configuration with training.seed 7, but process 0 on node-0 has training.seed 1. \
        Give all processes the same file and the same --set.
        """)
    let data = Self.message(2) { group in
      try group.require([(.data, group.rank == 1 ? "bb" : "aa")])
    }
    #expect(
      data == """
        process 1 on node-1 has data of checksum bb, but process 0 on node-0 has aa. Give all processes the same \
        files, for instance in a folder that they share.
        """)
    let weights = Self.message(2) { group in
      try group.require([(.position, "update 3"), (.weights, "\(group.rank)")])
    }
    #expect(
      weights == """
        process 1 on node-1 has weights of checksum 1, but process 0 on node-0 has 0. A machine computes wrongly, or a \
        file was read wrongly. Go on with --resume, without that machine.
        """)
    #expect(
      Self.message(2) { try $0.require([(.position, "update \($0.rank)")]) } == """
        process 1 on node-1 has come to update 1, but process 0 on node-0 has update 0. Give all processes the same \
        folder of the run, in a file system that they share.
        """)
  }

  /// A number that one of them has otherwise, before the training or in the middle of it.
  @Test(arguments: [(change: 0, found: 0), (change: 5, found: 100)])
  func `are told that weights differ`(change: Int, found: Int) throws {
    let fixture = try RunFixture()
    fixture.configuration.training.pieces = 2
    fixture.configuration.training.epochs = 20
    let (configuration, root) = (fixture.configuration, fixture.root)
    let reached = Mutex(0)
    let message = Self.message(2) { group in
      let trainer = try Trainer(
        configuration, folder: RunFolder(name: "run", in: root), threads: 1, processes: group)
      var isChanged = false
      func disturb() {
        guard group.rank == 1, !isChanged, trainer.position.update >= change else { return }
        trainer.state.weights.slab[0, 0] += 1
        isChanged = true
      }
      if change == 0 { disturb() }
      try trainer.run {
        if change > 0 { disturb() }
        if group.rank == 0 { reached.withLock { $0 = trainer.position.update } }
        return false
      }
    }
    #expect(message.hasPrefix("process 1 on node-1 has weights of checksum "), "\(message)")
    // The process was last asked before the update after which weights are compared.
    #expect(reached.withLock { $0 } == max(found - 1, 0))
  }

  @Test func `are refused where they cannot share the pieces`() throws {
    let fixture = try RunFixture()
    let root = fixture.root
    func message(_ processes: Int, pieces: Int?) -> String {
      fixture.configuration.training.pieces = pieces
      let configuration = fixture.configuration
      return Self.message(processes) { group in
        _ = try Trainer(configuration, folder: RunFolder(name: "run", in: root), processes: group)
      }
    }
    #expect(
      message(4, pieces: 2) == """
        4 processes cannot share batches of 2 pieces: expected 2 at most. Start fewer, or begin a run with \
        training.pieces 4 or more.
        """)
    #expect(
      message(3, pieces: nil) == """
        3 processes cannot share batches of 3 pieces: expected 1, 2, 4, 8 … of them. Start 2.
        """)
    #expect(
      message(2, pieces: 1) == """
        2 processes cannot share batches of 1 piece: expected 1 at most. Start fewer, or begin a run with \
        training.pieces 2 or more.
        """)
    #expect(message(2, pieces: nil) == "no error")
    fixture.configuration.training.pieces = 6
    #expect(fixture.configuration.training.conflicts.map(\.keys) == [["pieces"]])
    fixture.configuration.data.train = [.tsv("-")]
    #expect(
      message(2, pieces: 2) == """
        "-" is standard input, which reaches the first process only. Name a file that all processes can read.
        """)
  }

  @Test func `are refused where a run goes on with other pieces`() throws {
    let fixture = try RunFixture()
    fixture.configuration.training.pieces = 2
    let folder = fixture.folder("run")
    try fixture.train(in: folder, stopAfter: 3)
    // Unsaid, it is what the run began with.
    fixture.configuration.training.pieces = nil
    let trainer = try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    #expect(trainer.state.pieces == 2)
    fixture.configuration.training.pieces = 4
    #expect(throws: TrainingError.otherConfiguration(path: folder.last, keys: ["training.pieces"]))
    {
      try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    }
  }
}
