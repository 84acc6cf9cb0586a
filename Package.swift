// swift-tools-version: 6.2
import PackageDescription

/// Language settings of every Swift target: the strictest the toolchain has, and no warning survives.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
]

/// Tests see internals and write fewer annotations.
let forTests: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

/// One module: the target `Dragoman<name>` in `Sources/<name>`, which may use only the modules listed.
///
/// Targets carry the prefix because target names are shared by every package of an app.
func module(_ name: String, uses: [String] = []) -> Target {
  .target(
    name: "Dragoman\(name)",
    dependencies: uses.map { .target(name: "Dragoman\($0)") },
    path: "Sources/\(name)",
    swiftSettings: strict,
    linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))])
}

/// The tests of one module, a file per source file.
func tests(_ name: String, uses: [String] = [], resources: [Resource] = []) -> Target {
  .testTarget(
    name: "Dragoman\(name)Tests",
    dependencies: ([name] + uses).map { .target(name: "Dragoman\($0)") },
    path: "Tests/\(name)",
    resources: resources,
    swiftSettings: forTests)
}

let package = Package(
  name: "Dragoman",
  platforms: [.macOS(.v15), .iOS(.v18)],
  products: [
    .library(name: "Dragoman", targets: ["Dragoman"]),
    .executable(name: "dragoman", targets: ["DragomanCommand"]),
    // libdragoman-c.so or .dylib, with Sources/CInterface/include/dragoman.h. The names without the ending are taken.
    .library(name: "dragoman-c", type: .dynamic, targets: ["DragomanC"]),
  ],
  targets: [
    // One way down: a module sees only what stands above it in this list.
    .target(name: "CDragomanKernels", path: "Sources/CKernels"),
    .target(
      name: "DragomanTensor", dependencies: ["CDragomanKernels"], path: "Sources/Tensor",
      swiftSettings: strict, linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    module("Formats"),
    module("Text", uses: ["Formats"]),
    module("Evaluation", uses: ["Text"]),
    module("Layers", uses: ["Tensor"]),
    module("Translation", uses: ["Layers", "Tensor", "Text", "Formats"]),
    module("Training", uses: ["Translation", "Evaluation", "Layers", "Tensor", "Text", "Formats"]),
    module("Reporting", uses: ["Training", "Translation", "Layers", "Tensor", "Text", "Formats"]),
    .target(
      name: "Dragoman", dependencies: ["DragomanTranslation"], path: "Sources/Dragoman",
      swiftSettings: strict),
    .target(
      name: "DragomanC", dependencies: ["DragomanTranslation", "DragomanFormats"],
      path: "Sources/CInterface", exclude: ["include"], swiftSettings: strict),
    // The header of that library, for Swift code that wants to see what C sees.
    .systemLibrary(name: "CDragoman", path: "Sources/CInterface/include"),
    .executableTarget(
      name: "DragomanCommand",
      dependencies: [
        "DragomanReporting", "DragomanTraining", "DragomanTranslation", "DragomanEvaluation",
        "DragomanLayers", "DragomanTensor", "DragomanText", "DragomanFormats",
      ],
      path: "Sources/Command", swiftSettings: strict,
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),

    // What several test targets share: folders, random numbers, a small model, the float64 fixtures of whole models.
    .target(
      name: "DragomanTestSupport",
      dependencies: [
        "DragomanTranslation", "DragomanLayers", "DragomanTensor", "DragomanText",
        "DragomanFormats",
      ],
      path: "Tests/Support", swiftSettings: strict),
    tests("Tensor"),
    tests("Formats", uses: ["TestSupport"], resources: [.copy("Golden")]),
    tests("Text", uses: ["TestSupport", "Formats"]),
    tests("Evaluation", uses: ["TestSupport", "Text", "Formats"], resources: [.copy("Golden")]),
    tests("Layers", uses: ["Tensor", "Formats"]),
    tests("Translation", uses: ["TestSupport", "Layers", "Tensor", "Text", "Formats"]),
    tests(
      "Training",
      uses: ["TestSupport", "Translation", "Evaluation", "Layers", "Tensor", "Text", "Formats"]),
    tests(
      "Reporting",
      uses: ["TestSupport", "Training", "Translation", "Layers", "Tensor", "Text", "Formats"]),
    .testTarget(
      name: "DragomanTests",
      dependencies: ["Dragoman", "DragomanTestSupport", "DragomanText", "DragomanTensor"],
      path: "Tests/Dragoman", swiftSettings: forTests),
    .testTarget(
      name: "DragomanCTests",
      dependencies: ["DragomanC", "CDragoman", "DragomanTestSupport", "DragomanTranslation"],
      path: "Tests/CInterface", exclude: ["test_ctypes.py", "example.c"], swiftSettings: forTests),
    .testTarget(
      name: "DragomanCommandTests",
      dependencies: [
        "DragomanCommand", "DragomanTestSupport", "DragomanTranslation", "DragomanFormats",
      ],
      path: "Tests/Command", exclude: ["Snapshots", "WrongConfigurations"],
      swiftSettings: forTests),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)
