// swift-tools-version: 6.3
import PackageDescription

// Fuzz targets, in a package of their own so that that of the project knows nothing of them: the project's sources,
// behind links, and one program for libFuzzer. `make fuzz` builds and runs it.

/// Language settings of the project's sources.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

/// Modules in the order in which each sees those before it.
let names = [
  "System", "MPI", "Formats", "Text", "Images", "Evaluation", "Tensor", "Layers", "Models",
  "Decoding",
  "Translation",
  "Training", "Pages", "Reporting",
]

func modules(_ names: [String]) -> [Target.Dependency] {
  names.map { .target(name: "Dragoman\($0)") }
}

let package = Package(
  name: "DragomanFuzz",
  targets: [
    .target(name: "CDragomanKernels", path: "Sources/CKernels"),
    .target(
      name: "DragomanCommand", dependencies: modules(names), path: "Sources/Command",
      exclude: ["main.swift"],
      swiftSettings: strict),
    .target(
      name: "DragomanTestSupport", dependencies: modules(names), path: "Support",
      swiftSettings: strict),
    .target(
      name: "DragomanFuzzEntry", dependencies: modules(["Formats", "System"]), path: "Entry"),
    // Two programs, so that the readers need not wait for all that is built on them.
    .executableTarget(
      name: "dragoman-fuzz-readers",
      dependencies: modules(["FuzzEntry", "Images", "Text", "Formats", "System"]), path: "Readers",
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .executableTarget(
      name: "dragoman-fuzz-program",
      dependencies: modules(names + ["Command", "FuzzEntry", "TestSupport"]), path: "Program",
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
  ]
    + names.enumerated().map { index, name in
      .target(
        name: "Dragoman\(name)",
        dependencies: modules(Array(names[..<index]))
          + (name == "Tensor" ? ["CDragomanKernels"] : []),
        path: "Sources/\(name)", swiftSettings: strict,
        linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))])
    },
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)
