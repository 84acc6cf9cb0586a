// swift-tools-version: 6.3
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

/// Modules by their names in `Sources/`.
func modules(_ names: String...) -> [Target.Dependency] {
  names.map { .target(name: "Dragoman\($0)") }
}

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
  traits: [
    .trait(
      name: "MPI",
      description: "Trains on several machines at once; needs an MPI, such as Open MPI."),
    .default(enabledTraits: []),
  ],
  targets: [
    // One way down: a module sees only what stands above it in this list.
    .target(name: "CDragomanKernels", path: "Sources/CKernels"),
    .target(
      name: "DragomanTensor", dependencies: ["CDragomanKernels"], path: "Sources/Tensor",
      swiftSettings: strict, linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    module("System"),
    module("Formats", uses: ["System"]),
    module("Text", uses: ["Formats", "System"]),
    module("Images", uses: ["Formats", "System"]),
    module("Evaluation", uses: ["Text"]),
    module("Layers", uses: ["Tensor"]),
    module("Models", uses: ["Layers", "Tensor", "Text", "Formats", "System"]),
    module("Decoding", uses: ["Models", "Layers", "Tensor", "Text", "Formats", "System"]),
    module(
      "Translation",
      uses: ["Decoding", "Models", "Images", "Layers", "Tensor", "Text", "Formats", "System"]),
    module(
      "Training",
      uses: [
        "Translation", "Decoding", "Models", "Images", "Evaluation", "Layers", "Tensor", "Text",
        "Formats", "System",
      ]),
    // Built only with the trait MPI; without it the module below is as good as empty.
    .systemLibrary(
      name: "CMPI", path: "Sources/CMPI", pkgConfig: "ompi-c",
      providers: [.apt(["libopenmpi-dev", "openmpi-bin"]), .brew(["open-mpi"])]),
    .target(
      name: "DragomanMPI",
      dependencies: ["DragomanSystem", .target(name: "CMPI", condition: .when(traits: ["MPI"]))],
      path: "Sources/MPI", swiftSettings: strict),
    module("Pages", uses: ["Formats", "System"]),
    module(
      "Reporting",
      uses: [
        "Pages", "Training", "Translation", "Decoding", "Models", "Images", "Layers", "Tensor",
        "Text", "Formats", "System",
      ]),
    .target(
      name: "Dragoman", dependencies: modules("Translation", "Decoding", "Text", "System"),
      path: "Sources/Dragoman", swiftSettings: strict),
    .target(
      name: "DragomanC",
      dependencies: ["DragomanTranslation", "DragomanDecoding", "DragomanFormats"],
      path: "Sources/CInterface", exclude: ["include", "python"], swiftSettings: strict),
    // The header of that library, for Swift code that wants to see what C sees.
    .systemLibrary(name: "CDragoman", path: "Sources/CInterface/include"),
    .executableTarget(
      name: "DragomanCommand",
      dependencies: modules(
        "Reporting", "Pages", "Training", "Translation", "Decoding", "Models", "Images",
        "Evaluation", "Layers", "Tensor", "Text", "Formats", "System", "MPI"),
      path: "Sources/Command", swiftSettings: strict,
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),

    // What several test targets share: folders, random numbers, a small model, the float64 fixtures of whole models.
    .target(
      name: "DragomanTestSupport",
      dependencies: modules(
        "Translation", "Decoding", "Models", "Images", "Layers", "Tensor", "Text", "Formats",
        "System"),
      path: "Tests/Support", swiftSettings: strict),
    tests("Tensor"),
    tests("System", uses: ["TestSupport"]),
    tests("Formats", uses: ["TestSupport", "System"], resources: [.copy("Golden")]),
    tests("Text", uses: ["TestSupport", "Formats", "System"]),
    tests(
      "Images", uses: ["TestSupport", "Tensor", "Formats", "System"], resources: [.copy("Golden")]),
    tests(
      "Evaluation", uses: ["TestSupport", "Text", "Formats", "System"],
      resources: [.copy("Golden")]),
    tests("Layers", uses: ["Tensor", "Formats", "System"]),
    tests(
      "Models",
      uses: [
        "TestSupport", "Translation", "Decoding", "Layers", "Tensor", "Text", "Formats", "System",
      ]),
    tests(
      "Decoding",
      uses: [
        "TestSupport", "Translation", "Models", "Layers", "Tensor", "Text", "Formats", "System",
      ]),
    tests(
      "Translation",
      uses: [
        "TestSupport", "Decoding", "Models", "Images", "Layers", "Tensor", "Text", "Formats",
        "System",
      ]),
    tests(
      "Training",
      uses: [
        "TestSupport", "Translation", "Decoding", "Models", "Images", "Evaluation", "Layers",
        "Tensor", "Text", "Formats", "System",
      ]),
    tests("Pages", uses: ["TestSupport", "Formats", "System"]),
    tests(
      "Reporting",
      uses: [
        "TestSupport", "Pages", "Training", "Translation", "Decoding", "Models", "Images", "Layers",
        "Tensor", "Text", "Formats", "System",
      ]),
    .testTarget(
      name: "DragomanTests",
      dependencies: ["Dragoman"] + modules("TestSupport", "Text", "Tensor", "System"),
      path: "Tests/Dragoman", exclude: ["Apps", "Snapshots"], swiftSettings: forTests),
    .testTarget(
      name: "DragomanCTests",
      dependencies: ["DragomanC", "CDragoman"] + modules("TestSupport", "Translation"),
      path: "Tests/CInterface", exclude: ["test_ctypes.py", "test_wheel.py", "example.c"],
      swiftSettings: forTests),
    .testTarget(
      name: "DragomanCommandTests",
      dependencies: modules(
        "Command", "TestSupport", "Translation", "Images", "Tensor", "Formats", "System"),
      path: "Tests/Command", exclude: ["Snapshots", "WrongConfigurations"],
      swiftSettings: forTests),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)
