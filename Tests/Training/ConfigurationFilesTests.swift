import DragomanSystem
import DragomanFormats
import Foundation
import Testing

@testable import DragomanTraining

/// The folder of the package, found from this file.
let packageFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

@Suite struct `Files made for configurations` {
  static let names: [String] = {
    let folder = packageFolder.appending(path: "configs")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".json") && $0 != "schema.json" }.sorted()
  }()

  @Test func `there are files to test`() {
    #expect(Self.names.count >= 26)
  }

  @Test(arguments: names) func `every file in configs can be used`(_ name: String) throws {
    let path = packageFolder.appending(path: "configs/\(name)").path
    let configuration = try RunConfiguration.read(path: path)
    #expect(configuration.name + ".json" == name)
    let written = configuration.json.serialized(pretty: true)
    #expect(try RunConfiguration.parse(Array(written.utf8), file: name) == configuration)
  }

  @Test func `the schema in configs is the one that is generated`() throws {
    let file = packageFolder.appending(path: "configs/schema.json")
    #expect(
      try String(contentsOf: file, encoding: .utf8) == RunConfiguration.schemaDocument,
      "run: dragoman schema > configs/schema.json")
  }

  @Test func `the table in docs is the one that is generated`() throws {
    let file = packageFolder.appending(path: "docs/configuration.md")
    #expect(
      try String(contentsOf: file, encoding: .utf8) == RunConfiguration.markdownDocument,
      "run: dragoman schema --markdown > docs/configuration.md")
  }
}
