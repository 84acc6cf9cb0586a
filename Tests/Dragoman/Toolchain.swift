import Foundation
import Testing

/// The compiler that built these tests, run on the modules they were built with, as an app's build runs it.
struct Toolchain {
  /// Where the build put what it made: the folder of this program.
  private let products: URL
  private let folder: String
  private let target: String

  /// Whether the tests run where the program stands beside the modules, and `swift test` comes with the tools.
  static var isAtHand: Bool {
    #if os(Linux)
      true
    #else
      false
    #endif
  }

  /// The tools on the `PATH`; to have none is an error, so that no test is passed over.
  init() throws {
    let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let module = products.appending(path: "Modules/Dragoman.swiftmodule").path
    try #require(
      FileManager.default.fileExists(atPath: module), "\(module) is missing: run 'swift test'")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let tools = path.split(separator: ":").map(String.init)
      .first { FileManager.default.isExecutableFile(atPath: "\($0)/swiftc") }
    let folder = try #require(
      tools, "swiftc is in no folder of PATH, \(path): add that of the toolchain that built this")
    let information = try Self.run("\(folder)/swiftc", ["-print-target-info"]).output
    let json = try JSONSerialization.jsonObject(with: information) as? [String: Any]
    let target = (json?["target"] as? [String: Any])?["triple"] as? String
    self.target = try #require(target, "swiftc -print-target-info names no target")
    (self.products, self.folder) = (products, folder)
  }

  /// What lets the compiler find the modules; no package name, so that it takes its input for an app.
  private var search: [String] {
    let kernels = products.appending(path: "CDragomanKernels.build/module.modulemap").path
    return [
      "-target", target, "-I", products.appending(path: "Modules").path,
      "-Xcc", "-fmodule-map-file=\(kernels)",
    ]
  }

  /// Checks a source file of an app without compiling it, and gives what the compiler says.
  func check(_ file: URL) throws -> (status: Int32, messages: String) {
    let result = try Self.run(
      "\(folder)/swiftc",
      ["-typecheck", "-parse-as-library", "-swift-version", "6", file.path] + search)
    return (result.status, result.messages)
  }

  /// Writes what is public in a module, and what it adds to others, into files of a folder.
  func extractSymbols(of module: String, to folder: String) throws {
    let result = try Self.run(
      "\(self.folder)/swift-symbolgraph-extract",
      [
        "-module-name", module, "-minimum-access-level", "public", "-skip-synthesized-members",
        "-output-dir", folder,
      ] + search)
    try #require(result.status == 0, "symbols of \(module): \(result.messages)")
  }

  private static func run(
    _ program: String, _ arguments: [String]
  ) throws -> (status: Int32, output: Data, messages: String) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let (output, messages) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, messages)
    try process.run()
    // The tools write little to their output, so that the messages can be read first.
    let said = messages.fileHandleForReading.readDataToEndOfFile()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, data, String(decoding: said, as: UTF8.self))
  }
}
