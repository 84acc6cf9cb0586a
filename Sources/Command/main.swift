#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

if let problem = RawArguments.problem {
  Console.standard.message("dragoman: \(problem)")
  exit(ExitCode.usage.rawValue)
}
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
