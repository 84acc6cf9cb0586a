import DragomanPages
import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import Testing

@testable import DragomanPages

@Suite struct `A page` {
  private func text(_ page: Page) -> String { String(decoding: page.bytes, as: UTF8.self) }

  @Test func `begins as HTML and states language, encoding and width`() {
    let text = text(Page("a <b>", content: [HTML(.p, "c")]))
    #expect(
      text.hasPrefix("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"))
    #expect(text.contains(#"content="width=device-width, initial-scale=1""#))
    #expect(text.contains("<title>a &lt;b&gt;</title>"))
    #expect(text.contains(#"<h1 dir="auto">a &lt;b&gt;</h1>"#))
    #expect(text.hasSuffix("</body>\n</html>\n"))
  }

  @Test func `lets nothing run or load but its own script and style`() throws {
    let text = text(Page("a", styles: ["p{}"], scripts: ["1;"], content: []))
    let policy = try #require(
      text.split(separator: "content=\"").first { $0.hasPrefix("default-src") }?.split(
        separator: "\""
      ).first)
    #expect(policy.hasPrefix("default-src &#39;none&#39;; style-src &#39;sha256-"))
    #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("data:"))
    // By Python's hashlib.
    #expect(policy.contains("gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y=&#39;; script-src"))
    #expect(policy.contains("CImjRDTlhukYQ2AnxOi0wzgPhGQ3Mb3rVwJK24dFz1M="))
    #expect(text.contains("<style>p{}</style>") && text.contains("<script>1;</script>"))
  }

  @Test func `may show pictures only where it has some, and only those`() throws {
    #expect(!text(Page("a", content: ["b"])).contains("img-src"))
    let picture = HTML(.img, [.picture(png: [1]), .alternative("c")])
    let page = text(Page("a", content: [HTML(.div, HTML(.p, picture))]))
    #expect(page.contains("default-src &#39;none&#39;; img-src data:; style-src"))
  }

  @Test func `refers to nothing outside itself`() {
    let text = text(Page("a", content: []))
    // The one address is the name of SVG's elements, which is never loaded.
    let rest = text.split(separator: "\"http://www.w3.org/2000/svg\"").joined()
    for word in ["src=", "url(", "@import", "<link", "http:", "https:", "//", "fetch("] {
      #expect(!rest.replacing("  // ", with: "").contains(word), "\(word)")
    }
  }

  @Test func `closes no style and no script by accident`() {
    for text in [PageStyle.text, PageScript.text] { #expect(!text.description.contains("</")) }
  }

  @Test func `is written whole`() throws {
    let folder = try TemporaryFolder()
    let page = Page("a", content: ["b"])
    try page.write(to: folder["page.html"])
    #expect(try Files.read(folder["page.html"]) == page.bytes)
    #expect(try Files.list(folder.path) == ["page.html"])
  }
}

@Suite struct `SHA-256` {
  /// FIPS 180-4's examples, and the lengths around the border of a block, by Python's hashlib.
  @Test(arguments: [
    (0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    (55, "n0OQ+NMMLdkuyfCVtl4rmumwqSWlJY4kHJ8ekQ9zQxg="),
    (56, "s1Q5pKxvCUi21vnjxq8PX1kM4g8b3nCQ73lwaG7Gc4o="),
    (64, "/+BU/nrgy23GXDr5th1SCfQ5hR20PQulmXM33xVGaOs="),
    (119, "MeulHDE6XAgiat8Y1KNZz9/Y0ugWsT9K+VL36mWE3Ps="),
  ])
  func `agrees with others`(_ count: Int, _ digest: String) {
    #expect(SHA256.base64([UInt8](repeating: UInt8(ascii: "a"), count: count)) == digest)
  }

  @Test func `of abc`() {
    #expect(SHA256.digest(Array("abc".utf8)).prefix(4) == [0xBA, 0x78, 0x16, 0xBF])
  }
}
