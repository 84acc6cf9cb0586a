import DragomanTensor
import DragomanFormats
import DragomanMPI
import DragomanReporting
import DragomanSystem
import DragomanTraining

/// `dragoman doctor`: what this build can use here, and whether it works.
enum DoctorCommand {
  /// What the command line may say.
  static let definition = CommandDefinition(
    "doctor", "Say what this build can use here, and whether it computes rightly.",
    options: [SharedOptions.threads, SharedOptions.json],
    discussion: """
      Every instruction set of this processor has to give the bits of portable C: for products, for functions \
      and for a small model's loss and gradients. A safetensors file is written to the folder for temporary \
      files (TMPDIR, or /tmp) and read back. The exit code is 1 if something is wrong. Speed is measured as \
      "benchmark" does it. In a build with MPI, processes that mpirun starts are listed with their threads.

      Examples:
        dragoman doctor
        dragoman doctor --json | jq .peak
      """,
    isShared: true
  ) { arguments, console in
    let processes = try Job.join(timeout: 60)
    let threads = try SharedOptions.threads(arguments) ?? Kernels.cores
    let list = try processes.gather(numbers: [UInt64(threads)]).enumerated().map { rank, threads in
      Diagnosis.Process(rank: rank, host: processes.hosts[rank], threads: Int(threads[0]))
    }
    guard processes.isFirst else { return .success }
    let diagnosis = Diagnosis(
      version: Program.version, threads: threads, mpi: MPILibrary.version,
      processes: list.count > 1 ? list : [],
      folder: Console.variable("TMPDIR") ?? "/tmp",
      screen: Diagnosis.Screen(
        isTyped: console.isTyped, isInteractive: console.isInteractive,
        hasColour: console.hasColour, noColour: Console.variable("NO_COLOR") != nil,
        width: console.width))
    if arguments.has(SharedOptions.json) {
      try console.print(diagnosis.json)
    } else {
      for line in diagnosis.lines { try console.print(line) }
    }
    return diagnosis.isSick ? .failure : .success
  }
}
