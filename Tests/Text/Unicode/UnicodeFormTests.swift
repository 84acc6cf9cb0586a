import DragomanTestSupport
import Testing

@testable import DragomanText

extension UnicodeForm {
  fileprivate func form(_ text: String) -> [UInt32] {
    let bytes = Array(text.utf8)
    return String(decoding: applied(to: bytes.span), as: UTF8.self).scalars
  }

  fileprivate func mayChange(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return mayChange(bytes.span)
  }
}

@Suite struct `Canonical composition` {
  @Test(arguments: [
    // French and Vietnamese, marks in either order.
    ("mon pe\u{300}re est fatigue\u{301} .", "mon p\u{E8}re est fatigu\u{E9} ."),
    ("Vie\u{323}\u{302}t Nam", "Vi\u{1EC7}t Nam"), ("Vie\u{302}\u{323}t Nam", "Vi\u{1EC7}t Nam"),
    ("\u{1EB9}\u{302}", "\u{1EC7}"), ("a\u{328}\u{301}", "\u{105}\u{301}"),
    // Hangul: consonant, vowel, final; a syllable and a final; no second final.
    ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}", "\u{D55C}\u{AE00}"),
    ("\u{D558}\u{11AB}", "\u{D55C}"), ("\u{D55C}\u{11AB}", "\u{D55C}\u{11AB}"),
    ("\u{1161}\u{1112}", "\u{1161}\u{1112}"),
    // Devanagari: a nukta composes with NNA, but the letters of the exclusions stay apart.
    ("\u{928}\u{93C}", "\u{929}"), ("\u{958}", "\u{915}\u{93C}"),
    ("\u{915}\u{93C}", "\u{915}\u{93C}"),
    ("\u{915}\u{94D}\u{93C}", "\u{915}\u{93C}\u{94D}"),
    // Singletons: angstrom, ohm, kelvin, an ideograph for compatibility.
    ("\u{212B}", "\u{C5}"), ("\u{2126}", "\u{3A9}"), ("\u{212A}", "K"), ("\u{F900}", "\u{8C48}"),
    // Kana, Greek with three marks, musical notes that only decompose.
    ("\u{304B}\u{3099}", "\u{304C}"), ("\u{3B1}\u{313}\u{301}\u{345}", "\u{1F84}"),
    ("\u{1D15E}", "\u{1D157}\u{1D165}"),
    // A letter between keeps a mark away; a mark of the same class too.
    ("a\u{315}\u{300}", "\u{E0}\u{315}"), ("a\u{301}\u{300}", "\u{E1}\u{300}"),
    ("ab\u{300}", "ab\u{300}"),
    // What is not a canonical equivalent stays.
    ("\u{FB01}\u{B2}\u{FF21}", "\u{FB01}\u{B2}\u{FF21}"), ("", ""),
  ]) func `gives equal texts one spelling`(text: String, composed: String) {
    #expect(UnicodeForm.nfc.form(text) == composed.scalars)
    #expect(UnicodeForm.nfc.form(composed) == composed.scalars)
    #expect(text.scalars == composed.scalars || UnicodeForm.nfc.mayChange(text))
    #expect(text == composed, "Swift finds them canonically equivalent, too")
  }

  @Test(arguments: [
    ("\u{FB01}n", "fin"), ("x\u{B2}", "x2"), ("\u{FF21}\u{FF22}\u{FF11}", "AB1"), ("\u{210C}", "H"),
    ("a\u{A0}b", "a b"), ("\u{1E9B}\u{323}", "\u{1E69}"), ("\u{FF76}\u{FF9E}", "\u{30AC}"),
    ("\u{3131}\u{314F}", "\u{AC00}"), ("\u{2167}", "VIII"), ("\u{2026}", "..."),
  ]) func `of compatibility makes plain text`(text: String, plain: String) {
    #expect(UnicodeForm.nfkc.form(text) == plain.scalars)
    #expect(UnicodeForm.nfkc.mayChange(text))
  }

  /// Sums that the script which makes the tables prints, by another implementation.
  @Test(arguments: [
    (UnicodeForm.nfc, 0x3CE4_0516_AAB8_CAE9 as UInt64), (.nfkc, 0x8C10_A366_F339_BD54),
  ]) func `is right for every scalar`(form: UnicodeForm, expected: UInt64) {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for value in 0...UInt32(0x10FFFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(String(scalar).utf8)
      let isInvisible = UnicodeTables.shared.properties(of: value).flags.contains(.invisible)
      for byte in isInvisible ? bytes : form.applied(to: bytes.span) { add(byte) }
      add(0x0A)
    }
    #expect(sum == expected)
  }

  /// Swift's own comparison decides by canonical equivalence.
  @Test func `is what the standard library finds equal`() {
    var random = SplitMix(seed: 16)
    let scalars = Array("aeo\u{1112}\u{1161}\u{11AB}\u{AC00}\u{928}\u{915}\u{3B1}".unicodeScalars)
    let marks = Array(
      "\u{300}\u{301}\u{302}\u{323}\u{328}\u{345}\u{93C}\u{94D}\u{313}".unicodeScalars)
    for _ in 0..<5000 {
      var text = ""
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        text.unicodeScalars.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          text.unicodeScalars.append(marks[Int.random(in: 0..<marks.count, using: &random)])
        }
      }
      let form = UnicodeForm.nfc.form(text)
      let composed = String(String.UnicodeScalarView(form.compactMap { Unicode.Scalar($0) }))
      #expect(composed == text, "\(text.scalars) became \(form)")
      #expect(UnicodeForm.nfc.form(composed) == form)
      #expect(UnicodeForm.nfc.mayChange(text) || form == text.scalars)
    }
  }

  @Test func `knows most texts as they are`() {
    let lines = [
      "The station is over there.", "C’est l’été ; où est la gare\u{202F}?", "Việt Nam ổn định",
      "Привет, мир", "你好，世界。", "한글", "हिन्दी में लिखा", "می‌خواهم", "👩‍👩‍👧", "שָׁלוֹם",
    ]
    for line in lines { #expect(!UnicodeForm.nfc.mayChange(line), "\(line)") }
    for form in UnicodeForm.allCases { #expect(!form.mayChange("plain ASCII, 1 + 1 = 2")) }
  }
}
