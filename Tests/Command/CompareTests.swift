import DragomanSystem
import DragomanTestSupport
import Testing

@testable import DragomanCommand

@Suite struct `Comparing runs` {
  @Test func `translates sentences with each run's model, below the tables and on a page`() throws {
    let fixture = try TwoRuns()
    let (folder, runs) = (fixture.folder, fixture.paths)
    let text = Recorder()
    #expect(text.run(["compare"] + runs + ["--sentence", "a b 3"]) == .success)
    #expect(text.results.contains("loss/character"))
    #expect(text.results.contains("\n\nsource     a b 3\none        "))
    let json = Recorder()
    #expect(json.run(["compare", "--json"] + runs + ["--sentence", "a b 3"]) == .success)
    #expect(json.results.contains(#"{"source":"a b 3","translations":{"one":"#))
    let page = Recorder()
    #expect(page.run(["compare", "--html", folder["c.html"]] + runs) == .success)
    let html = String(decoding: try Files.read(folder["c.html"]), as: UTF8.self)
    // Validations showed nothing: the first pairs stand for them.
    #expect(html.contains("by the best model of each run") && html.contains("a b 1"))
  }
}
