import Testing

@testable import DragomanText

@Suite struct `The contents of a pair` {
  private func findings(_ source: String, _ target: String) -> [String] {
    PairContents(Array(source.utf8)[...], Array(target.utf8)[...]).findings.map {
      "\($0.kind): \($0.excerpt)"
    }
  }

  @Test(arguments: [
    ("Delete %d files", "Supprimer les fichiers", "'%d' against nothing"),
    ("Hello %(name)s", "Bonjour %(nom)s", "'%(name)s' against '%(nom)s'"),
    ("Hello {name}", "Bonjour {nom}", "'{name}' against '{nom}'"),
    ("Hello {0}, {1}", "Bonjour {0}", "'{1}' against nothing"),
    ("Cost ${price}", "Coût {price}", "'${price}' against '{price}'"),
    ("%s", "%S", "'%s' against '%S'"),
    ("%-5.2f%%", "x %%", "'%-5.2f' against nothing"),
    ("%1 of %2", "%1", "'%2' against nothing"),
    ("%{count} files", "fichiers", "'%{count}' against nothing"),
    ("%@ and %@", "%@", "'%@' against nothing"),
    ("{{name}}", "{{nom}}", "'{name}' against '{nom}'"),
    ("{x:.2f} {y} {z}", "{x:.1f}", "'{x:.2f}' and more against '{x:.1f}'"),
    (
      "{n, plural, one {# file} other {# files}}", "{count, plural, other {# fichiers}}",
      "'{n}' against '{count}'"
    ),
  ]) func `differ in placeholders`(source: String, target: String, excerpt: String) {
    #expect(findings(source, target) == ["placeholders: \(excerpt)"])
  }

  @Test(arguments: [
    ("%1$s of %2$d", "%2$d sur %1$s"), ("%s of %d", "%2$d sur %1$s"), ("100 % done", "100 % fait"),
    ("50%discount", "rabais"), ("100%d'accord", "100 agreed"), ("a {b c} d", "e"),
    ("5 % of it", "5 %"),
    ("%%", "%"), ("{}", "{}"),
    ("{n, plural, one {a} other {b}}", "{n, plural, one {c} few {d} other {e}}"),
    ("if a < b", "si a < b"), ("<john@x.org> wrote", "a écrit"), ("I <3 you", "je t'aime"),
    ("<b>a</b>", "<B>b</B>"), ("a<br/>b", "c<br>d"), ("<a href=\"x\">a</a>", "<a href=\"y\">b</a>"),
    ("See https://x.org/en/.", "Voir https://x.org/fr/."), ("AT&T; R&D", "R&D"),
    ("I have 2 dogs", "deux chiens"),
    ("1,000.5 m", "1 000,5 m"), ("1,234,567", "1\u{202F}234\u{202F}567"),
    ("12/31/2019", "31.12.2019"),
    ("3 files", "٣ ملفات"), ("5", "５"), ("01:05", "1 h 5"), ("", ""),
  ]) func `do not differ`(source: String, target: String) {
    #expect(findings(source, target) == [])
  }

  @Test(arguments: [
    ("In 2019", "En 2018", "'2019' against '2018'"), ("in 1984", "then", "'1984' against nothing"),
    ("12 dogs", "13 chiens", "'12' against '13'"),
  ]) func `differ in numbers`(source: String, target: String, excerpt: String) {
    #expect(findings(source, target) == ["numbers: \(excerpt)"])
  }

  @Test func `differ in tags, addresses and entities`() {
    #expect(findings("<b>a</b>", "b") == ["tags: '</b>' and more against nothing"])
    #expect(findings("a<br/>", "b<hr>") == ["tags: '<br>' against '<hr>'"])
    #expect(
      findings("See https://x.org/a?b=1.", "Voir") == [
        "addresses: 'https://x.org/a?b=1' against nothing"
      ])
    #expect(findings("(www.x.org)", "rien") == ["addresses: 'www.x.org' against nothing"])
    #expect(findings("Tom &amp; Ann", "Tom &amp; Anne") == ["entities: '&amp;'"])
    #expect(findings("a", "b&#39;c") == ["entities: '&#39;'"])
    #expect(
      findings("<a href=\"%s\">x</a>", "<a>x</a>") == ["placeholders: '%s' against nothing"])
  }

  @Test func `of any bytes are looked at without a fault`() {
    let signs = Array("%{}$<>&;#x1/:htp.,()'\" \u{A0}é".unicodeScalars)
    var state: UInt64 = 7
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<14 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.unicodeScalars.append(signs[Int(state >> 33) % signs.count])
      }
      _ = findings(text, "")
    }
  }
}
