import DragomanPages
import Testing

@testable import DragomanPages

@Suite struct `A piece of HTML` {
  @Test func `is written with its attributes and children`() {
    let html = HTML(.p, [.class("note"), .isHidden], "loss ", HTML(.strong, "1.25"), HTML(.br))
    #expect(
      html.markup == #"<p class="note" aria-hidden="true">loss <strong>1.25</strong><br></p>"#)
    #expect(HTML.group(["a", .nothing, "b"]).markup == "ab")
    #expect(
      HTML(.input, [.isChecked, .value("x")]).markup == #"<input checked value="x">"#)
  }

  @Test func `breaks lines only where nobody sees them`() {
    #expect(HTML(.ul, HTML(.li, "a")).markup == "<ul>\n<li>a</li>\n</ul>")
    #expect(HTML(.p, HTML(.del, "a"), HTML(.ins, "b")).markup == "<p><del>a</del><ins>b</ins></p>")
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("</title><img src=x onerror=y>", "&lt;/title&gt;&lt;img src=x onerror=y&gt;"),
    (#"" onclick="x" '"#, "&quot; onclick=&quot;x&quot; &#39;"),
    ("&amp; &#60;", "&amp;amp; &amp;#60;"),
    ("سلام 👩‍👩‍👧 日本 e\u{301}", "سلام 👩‍👩‍👧 日本 e\u{301}"),
    ("a\u{0}b\u{1B}c\u{7F}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
    ("a\tb\nc\r\n", "a\tb\nc&#13;\n"),
  ])
  func `makes every text inert`(_ text: String, _ written: String) {
    #expect(HTML(.p, .text(text)).markup == "<p>\(written)</p>")
    #expect(HTML(.p, [.label(text)]).markup == #"<p aria-label="\#(written)"></p>"#)
    #expect(HTML(.g, [.data("reading", text)]).markup.contains(#"data-reading="\#(written)""#))
  }

  @Test func `keeps text from elsewhere in its own direction`() {
    #expect(HTML.foreign("שלום").markup == "<bdi>שלום</bdi>")
  }

  @Test func `has no way to refer to anything elsewhere`() {
    let names = Set(HTML.Tag.allCases.map(\.rawValue))
    for name in ["script", "style", "link", "iframe", "object", "form", "use", "image"] {
      #expect(!names.contains(name), "\(name)")
    }
    // The one source that a picture may have stands in the page.
    #expect(
      HTML(.img, [.picture(png: [1, 2, 3]), .alternative("<x>")]).markup
        == #"<img src="data:image/png;base64,AQID" alt="&lt;x&gt;">"#)
    #expect(HTML(.a, [.target("https://x")]).markup == ##"<a href="#https://x"></a>"##)
  }

  @Test func `writes coordinates briefly`() {
    #expect(
      [0, -0.001, 12.5, 3.14159, 100, -2.5].map(Coordinate.text) == [
        "0", "0", "12.5", "3.14", "100", "-2.5",
      ])
  }

  @Test func `makes tables and lists of facts`() {
    let table = HTML.table(head: ["run", "loss"], rows: [["a", "1"]], numeric: [1]).markup
    #expect(table.contains(#"<th scope="col">run</th>"#))
    #expect(table.contains(#"<th scope="row">a</th>"#))
    #expect(table.contains(#"<td class="number">1</td>"#))
    #expect(HTML.facts([("a", "b")]).markup == "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>")
  }
}
