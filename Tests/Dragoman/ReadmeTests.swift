import Dragoman
import DragomanTestSupport
import Foundation
import Testing

@Suite struct `The snippet in README` {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  @Test func `is the source that is compiled here`() throws {
    let source = try String(
      contentsOf: Self.folder.appending(path: "ReadmeSnippet.swift"), encoding: .utf8)
    let readme = try String(
      contentsOf: Self.folder.appending(path: "../../README.md"), encoding: .utf8)
    #expect(
      readme.contains("```swift\n\(source)```\n"),
      "README.md, \"In a Swift app\": its snippet is not Tests/Dragoman/ReadmeSnippet.swift")
  }

  @Test func `runs`() async throws {
    let folder = try TemporaryFolder()
    let path = folder["best.safetensors"]
    try SmallModel.file().write(to: path)
    try await demonstrate(model: path, lines: ["the cat", "a b"])
    await #expect(throws: (any Error).self) {
      try await demonstrate(model: folder["none.safetensors"], lines: [])
    }
  }
}
