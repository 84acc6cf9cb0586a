import DragomanFormats
import DragomanPages
import Testing

@testable import DragomanPages

@Suite struct `An equation` {
  private func markup(_ spelling: String) -> String {
    let html = Equation(spelling).html.markup
    return String(html.dropFirst("<span class=\"math\">".count).dropLast("</span>".count))
  }

  @Test func `slants quantities and lowers and raises`() {
    #expect(markup("h_t = (1 − z)") == "<i>h</i><sub><i>t</i></sub> = (1 − <i>z</i>)")
    #expect(markup("tanh(a_2)") == "tanh(<i>a</i><sub>2</sub>)")
    #expect(markup("W_ih x^2") == "<i>W</i><sub><i>ih</i></sub> <i>x</i><sup>2</sup>")
    #expect(markup("h_{t−1}⊙") == "<i>h</i><sub><i>t</i>−1</sub>⊙")
    #expect(markup("s_t^⊤ h̃") == "<i>s</i><sub><i>t</i></sub><sup>⊤</sup> <i>h̃</i>")
    #expect(markup("Σ_i α_{ti}") == "Σ<sub><i>i</i></sub> <i>α</i><sub><i>ti</i></sub>")
  }

  @Test func `survives every spelling`() {
    for text in ["", "_", "^", "a_", "a_{", "a_{}", "}{", "a__b", "<i>_<b>"] {
      #expect(!markup(text).contains("<b>"))
    }
    #expect(markup("a_{b") == "<i>a</i><sub>{</sub><i>b</i>")
  }
}

@Suite struct `A strip of numbers` {
  /// RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func `is written in base 64`(_ text: String, _ expected: String) {
    #expect(Base64.text(Array(text.utf8)) == expected)
  }

  @Test func `holds its numbers bit by bit`() {
    // By Python's struct and base64.
    #expect(Base64.text([1, -0.1] as [Float]) == "AACAP83MzL0=")
    let row = VectorStrip(values: [1, -0.1], scale: .unit).row("<x>", "y").markup
    #expect(row.contains(#"data-values="AACAP83MzL0=""#))
    #expect(row.contains(#"data-name="&lt;x&gt;""#) && row.contains(#"tabindex="0""#))
    #expect(row.contains("1.000  −0.100"))
  }

  @Test func `shades by magnitude and sign, and joins equal cells`() {
    let strip = VectorStrip(values: [1, 1, 0, -0.5, 0.01, .nan, 7], scale: .unit)
    let paths = strip.svg.markup
    #expect(paths.contains(#"viewBox="0 0 7 1""#))
    #expect(paths.contains(#"<path class="p8" d="M0 0h2v1h-2zM6 0h1v1h-1z">"#))
    #expect(paths.contains(#"<path class="n4" d="M3 0h1v1h-1z">"#))
    #expect(!paths.contains("p0") && paths.split(separator: "<path").count == 3)
    #expect(VectorStrip.Scale.of([[1, -3], [.infinity, 2]]) == .upTo(3))
    #expect(
      VectorStrip(values: [0, 0], scale: .of([[0, 0]])).svg.markup.contains("<path") == false)
  }

  @Test func `takes the means of a long vector`() {
    let values = (0..<256).map { Float($0 < 128 ? 1 : -1) }
    let paths = VectorStrip(values: values, scale: .unit).svg.markup
    #expect(paths.contains(#"<path class="p8" d="M0 0h32v1h-32z">"#))
    #expect(paths.contains(#"<path class="n8" d="M32 0h32v1h-32z">"#))
  }

  @Test func `prints the first three and the last`() {
    func few(_ values: [Float]) -> String {
      VectorStrip(values: values, scale: .of([values])).row("", "").markup
    }
    #expect(few([0.1, 0.2, 0.3, 0.4, -0.5]).contains("0.100  0.200  0.300 … −0.500"))
    #expect(few([0.1, 0.2, 0.3, 0.4]).contains("0.100  0.200  0.300  0.400<"))
    #expect(few([1e-7, -2e-7]).contains("1.0e−7  −2.0e−7"))
  }

  @Test func `gives a number all its digits beside the short one`() {
    let html = ExactNumber.html(Float(-0.1234567)).markup
    #expect(html == #"<span class="exact" data-exact="−0.1234567">−0.1235</span>"#)
    #expect(ExactNumber.short(0) == "0" && ExactNumber.short(123.456) == "123.46")
    #expect(ExactNumber.short(-0.000123) == "−0.000123" && ExactNumber.short(1e-9) == "1.00e−9")
    #expect(ExactNumber.short(1_234_567) == "1.23e6")
  }

  @Test func `draws bars from zero`() {
    func bar(_ value: Double, _ low: Double, _ high: Double) -> String {
      ExactNumber.bar(value, from: low, to: high).markup
    }
    #expect(bar(0.5, 0, 1).contains(#"class="above" x="0" y="0" width="50" height="1""#))
    #expect(bar(-1, -1, 3).contains(#"class="below" x="0" y="0" width="25" height="1""#))
    #expect(bar(3, -1, 3).contains(#"x="25" y="0" width="75""#))
    #expect(bar(.nan, 0, 1).contains("width=\"0") && bar(0, 0, 0).contains("width=\"0\""))
  }
}
