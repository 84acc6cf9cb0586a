/// What a launcher such as `mpirun` or `srun` tells a process about the job that it belongs to.
///
/// Launchers tell so by variables of the environment: Open MPI, MPICH (Hydra, PMI) and PMIx each by their own.
package struct LaunchedProcesses: Sendable, Equatable {
  /// Processes of the job, if that is told.
  package let size: Int?
  /// The variable that says so.
  package let variable: String
  /// The number of this process among them, from 0.
  package let rank: Int
  /// Whether MPI can find the other processes; `srun` starts some that it cannot.
  package let isReachable: Bool

  /// What the environment says; `nil` of a process that was started by itself.
  package init?(environment: (String) -> String?) {
    let ranks = [
      "OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK", "MV2_COMM_WORLD_RANK", "SLURM_PROCID",
    ]
    rank = ranks.compactMap { environment($0).flatMap { Int($0) } }.first ?? 0
    // With a process-management interface, MPI finds the others.
    for name in ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MV2_COMM_WORLD_SIZE"] {
      guard let size = environment(name).flatMap({ Int($0) }) else { continue }
      (self.size, variable, isReachable) = (size, name, true)
      return
    }
    let tasks = environment("SLURM_STEP_NUM_TASKS").flatMap { Int($0) }
    // A shell that `srun` started is one process, with others of its own.
    if tasks == 1 { return nil }
    for name in ["PMIX_RANK", "PMI_RANK", "PMI_FD"] where environment(name) != nil {
      (size, variable, isReachable) = (tasks, name, true)
      return
    }
    guard let tasks, tasks > 1 else { return nil }
    (size, variable, isReachable) = (tasks, "SLURM_STEP_NUM_TASKS", false)
  }

  /// What is wrong if a program that cannot use MPI is started so; `nil` of one process, which needs nobody.
  package func problem(hasMPI: Bool) -> String? {
    if let size, size <= 1 { return nil }
    let count = size.map { "\($0) processes were" } ?? "this process was"
    guard hasMPI else {
      return """
        \(count) started together (\(variable)\(size.map { "=\($0)" } ?? "")), but this build has no MPI: they \
        would do the same work beside each other. Build with it: swift build -c release --traits MPI; or start one \
        process.
        """
    }
    guard !isReachable else { return nil }
    return """
      \(count) started together (\(variable)\(size.map { "=\($0)" } ?? "")), but nothing tells MPI how to find the \
      others. Start them with srun --mpi=pmix (or what srun --mpi=list offers), or with mpirun.
      """
  }
}
