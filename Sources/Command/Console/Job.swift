import DragomanMPI
import DragomanFormats
import DragomanSystem
import DragomanTraining
import DragomanTranslation
import Synchronization

/// The job that this process belongs to, if `mpirun` or `srun` started several together.
enum Job {
  private static let group = Mutex<(any ProcessGroup)?>(nil)

  /// What the launcher tells.
  private static var launched: LaunchedProcesses? {
    LaunchedProcesses(environment: Console.variable)
  }

  /// Whether several processes were started together.
  static var isShared: Bool {
    // A launcher that does not tell how many may have started any number.
    launched.map { ($0.size ?? 2) > 1 } ?? false
  }

  /// The name of this process for messages, if there are others.
  static var name: String? {
    group.withLock { group in group.flatMap { $0.size > 1 ? $0.name(of: $0.rank) : nil } }
  }

  /// Refuses what several processes would do beside each other.
  static func require(_ command: CommandDefinition) throws {
    guard let launched, isShared else { return }
    if let problem = launched.problem(hasMPI: MPILibrary.isIncluded) {
      throw JobError(description: problem)
    }
    guard !command.isShared else { return }
    throw JobError(
      description:
        "dragoman \(command.name) is the work of one process: start it without a launcher"
        + " (\(launched.variable)\(launched.size.map { "=\($0)" } ?? "")).")
  }

  /// Joins the job, and looks whether all processes are of one program; alone, a group of one.
  ///
  /// - Parameter timeout: seconds that one process waits for another.
  static func join(timeout: Int = 600) throws -> any ProcessGroup {
    #if MPI
      guard launched != nil else { return SingleProcess() }
      if let joined = group.withLock({ $0 }) { return joined }
      let joined = try MPIGroup(timeout: .seconds(timeout))
      group.withLock { $0 = joined }
      try joined.requireSameProgram(
        version: Translator.version, program: program, clock: WallClock.seconds)
      return joined
    #else
      return SingleProcess()
    #endif
  }

  /// The threads of this process if nothing else is wanted; `nil` unless it has joined others.
  static func threads() throws -> Int? {
    guard let joined = group.withLock({ $0 }), joined.size > 1 else { return nil }
    return try joined.threads()
  }

  /// The checksum of the file that this process runs.
  private static var program: String? {
    guard let bytes = try? Files.read("/proc/self/exe") else { return nil }
    var checksum = Checksum()
    checksum.add(bytes)
    return checksum.text
  }

  /// Leaves the job; all others have to do so, too.
  static func leave() {
    #if MPI
      group.withLock { group in
        (group as? MPIGroup)?.leave()
        group = nil
      }
    #endif
  }

  /// Lets the first process speak first: what is wrong with all of them is then said once, since it ends the job.
  static func waitForFirst() {
    guard let launched, launched.rank > 0 else { return }
    Scheduling.sleep(seconds: 1.5 + 0.02 * Double(min(launched.rank, 50)))
  }

  /// Whether the first process says what is wrong, since all processes have found the same.
  static func isToldByFirst(_ error: any Error) -> Bool {
    // How a job was started is the same for all of its processes, before they know of each other.
    if error is JobError { return launched.map { $0.rank > 0 } ?? false }
    guard case ProcessDisagreement.differs = error else { return false }
    return group.withLock { $0.map { !$0.isFirst } ?? false }
  }

  /// Ends all processes of the job, if this one has joined one.
  static func end(_ code: ExitCode) {
    #if MPI
      if let joined = group.withLock({ $0 as? MPIGroup }) { joined.abort(code.rawValue) }
    #endif
  }
}

/// Processes were started together that cannot work together.
struct JobError: Error, CustomStringConvertible {
  /// What is wrong, and what to do.
  let description: String

  /// An option for one process, of several.
  static func ofOne(_ option: OptionDefinition) -> JobError {
    JobError(
      description: "\(option.spelling) is the work of one process: start it without a launcher.")
  }

  /// An option for several processes, of one.
  static func alone(_ option: OptionDefinition) -> JobError {
    JobError(
      description:
        "\(option.spelling) is for processes that mpirun or srun starts together; this is one alone."
    )
  }
}
