import DragomanSystem
import DragomanTestSupport
import Testing

@Suite struct `A group of processes` {
  @Test(arguments: [1, 2, 3, 5, 8])
  func `tells each what all have`(_ size: Int) throws {
    let found = try ThreadGroup.run(size) { group -> [[[UInt8]]] in
      let own = [UInt8](repeating: UInt8(group.rank), count: 3 * group.rank)
      let first = try group.gather(own)
      try group.meet()
      return [first, try group.gather([UInt8(7)])]
    }
    let expected = (0..<size).map { [UInt8](repeating: UInt8($0), count: 3 * $0) }
    for rank in 0..<size {
      #expect(found[rank] == [expected, .init(repeating: [7], count: size)])
    }
  }

  @Test func `carries whole numbers as they are`() throws {
    let greatest = UInt64.max
    let found = try ThreadGroup.run(2) {
      try $0.gather(numbers: [greatest - UInt64($0.rank), 0, 1 << 40])
    }
    #expect(found[1] == [[greatest, 0, 1 << 40], [greatest - 1, 0, 1 << 40]])
    let alone = SingleProcess()
    #expect(try alone.gather(numbers: [3, 4]) == [[3, 4]] && alone.isFirst && alone.size == 1)
    #expect(alone.name(of: 0) == "process 0 on this machine")
  }
}

@Suite struct `What a launcher tells` {
  private func launched(_ variables: [String: String]) -> LaunchedProcesses? {
    LaunchedProcesses { variables[$0] }
  }

  @Test func `is how many processes there are, and whether MPI finds them`() throws {
    #expect(launched([:]) == nil && launched(["SLURM_STEP_NUM_TASKS": "1"]) == nil)
    #expect(launched(["SLURM_STEP_NUM_TASKS": "1", "PMIX_RANK": "0"]) == nil)
    let open = try #require(
      launched(["OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "3"]))
    #expect(open.size == 4 && open.rank == 3 && open.isReachable)
    #expect(open.problem(hasMPI: true) == nil)
    let hydra = try #require(launched(["PMI_SIZE": "2", "PMI_RANK": "1"]))
    #expect(hydra.size == 2 && hydra.rank == 1)
    let slurm = try #require(
      launched(["PMIX_RANK": "5", "SLURM_STEP_NUM_TASKS": "8", "SLURM_PROCID": "5"]))
    #expect(slurm.size == 8 && slurm.rank == 5 && slurm.isReachable)
    #expect(launched(["OMPI_COMM_WORLD_SIZE": "1"])?.problem(hasMPI: false) == nil)
  }

  @Test func `is refused by a build that cannot use it, and where MPI cannot`() throws {
    #expect(
      launched(["OMPI_COMM_WORLD_SIZE": "4"])?.problem(hasMPI: false) == """
        4 processes were started together (OMPI_COMM_WORLD_SIZE=4), but this build has no MPI: they would do the same \
        work beside each other. Build with it: swift build -c release --traits MPI; or start one process.
        """)
    #expect(
      launched(["SLURM_STEP_NUM_TASKS": "4", "SLURM_PROCID": "2"])?.problem(hasMPI: true) == """
        4 processes were started together (SLURM_STEP_NUM_TASKS=4), but nothing tells MPI how to find the others. \
        Start them with srun --mpi=pmix (or what srun --mpi=list offers), or with mpirun.
        """)
  }
}
