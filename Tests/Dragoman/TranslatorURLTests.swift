import Dragoman
import DragomanTestSupport
import Foundation
import Testing

@Suite struct `A translator of a URL` {
  @Test func `is that of the file`() async throws {
    let folder = try TemporaryFolder()
    let path = folder["a model é.safetensors"]
    try SmallModel.file().write(to: path)
    let byURL = try await Translator(contentsOf: URL(filePath: path), threads: 1)
    let byPath = try Translator(path: path, threads: 1)
    #expect(try await byURL.translate("the cat") == byPath.translate("the cat"))
  }

  @Test func `says what is wrong`() async throws {
    let folder = try TemporaryFolder()
    let missing = URL(filePath: folder["best.safetensors"])
    let error = await #expect(throws: (any Error).self) {
      _ = try await Translator(contentsOf: missing)
    }
    #expect(
      folder.relative(error).hasPrefix("best.safetensors: cannot open the file: No such file"))
    let web = try #require(URL(string: "https://example.org/best.safetensors"))
    let refused = await #expect(throws: ModelURLError.self) {
      _ = try await Translator(contentsOf: web)
    }
    #expect(
      refused?.description
        == "https://example.org/best.safetensors: expected the URL of a file, file://…; download the model first"
    )
  }
}
