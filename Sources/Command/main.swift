import DragomanSystem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// On Linux Swift reads its arguments there, and finds none in a root without it.
guard CommandLine.argc > 0 else {
  Console.standard.message(
    "dragoman: the arguments cannot be read, since /proc is not there. Mount it: mount -t proc proc /proc"
  )
  exit(ExitCode.failure.rawValue)
}
if let problem = RawArguments.problem ?? Limits.problem {
  Console.standard.message("dragoman: \(problem)")
  exit(ExitCode.usage.rawValue)
}
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
