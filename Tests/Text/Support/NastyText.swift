import DragomanTestSupport

/// Text that breaks tokenizers.
enum NastyText {
  /// Lines with something that goes wrong easily.
  static let lines: [String] = [
    "", " ", "\t \u{A0}\u{3000}\r\n", "a", "  a  b  ", "Hello, world!", "\u{2581}", "\u{FFED}",
    "\u{241B}",
    "\u{FFED}\u{FFED}", "\u{241B}\u{241B}\u{FFED}", "a \u{FFED} b", "a\u{FFED}b", "\u{FFED}a",
    "a\u{FFED}",
    "\u{241B}\u{FFED}a", "\u{241B}\u{2581}", "\u{2581} \u{2581}a\u{2581}", "x\u{2581}y z\u{2581}",
    "\u{2581}\u{301}", "\u{FFED}\u{301}a", "\u{241B}\u{301}", "<s>", "</s>", "<unk>",
    "a<s>b </s> <unk>!",
    "<0x41>", "<0xE2><0x96><0x81>", "it's <0x0A> here",
    "don't John's we'll I've l'homme aujourd'hui",
    "rock'n'roll 'tis dogs' ''", "C’est l’été ; qu’il «\u{A0}vienne\u{A0}» !", "¿Qué? ¡Sí!",
    "1,234.5 3.14 1. ,5 1,,2 12:30 2019-01-05 50% $3.50 №5", "well-known 10-year-old a--b -a- e-",
    "... .... .. . a...b", "(\"Hello\") [x](y) f(x)[0]={1}", "https://example.org/a?b=c&d=e#f",
    "user@example.com #tag @name snake_case", "👩‍👩‍👧‍👦👍🏽🇫🇷🇩🇪🇫 1️⃣", "\u{200D}", "\u{200D}a", "a\u{200D}👍",
    "👍\u{200D}",
    "👍\u{200D}\u{2581}", "é e\u{301} \u{301} a\u{301}\u{302}b", "\u{301}a", "Å\u{212B}A\u{30A}",
    "ﬁ ǅ İ ı ß",
    "你好，世界。我有3个苹果 and 2 pears", "你 好", "你 ， 好 a 你a 你 a", "東京タワーへ行きました。", "か\u{3099}が a\u{3099}",
    "漢\u{301}字", "สวัสดีครับ วันนี้", "ສະບາຍດີ", "안녕하세요, 세계!", "العربية‏ (٣٫١٤) \u{200F}!", "שלום, עולם",
    "हिन्दी में लिखा", "می‌خواهم", "a\u{200B}b ก\u{200B}ข", "a\u{2028}b\u{2029}c\u{85}d\u{B}e",
    "\u{0}\u{1}\u{1F}\u{7F}",
    "\u{FEFF}a\u{FEFF}", "\u{FFFD}\u{FFFF}\u{10FFFF}\u{E000}",
    "\u{E0041}x\u{1F3F4}\u{E0067}\u{E007F}",
    "ＡＢＣ１２３！", "ｱｲｳ", "x\u{3000}y", "𝔘𝔫𝔦 𝟙𝟚", "½ Ⅳ ²³", "a/b\\c|d~e`f^g", "\"'\"'", "' s 's",
    "a's's n't 't",
  ]

  /// What random lines are made of: what the lines above are, and more of what is dangerous.
  private static let scalars: [Unicode.Scalar] =
    lines.flatMap { Array($0.unicodeScalars) }
    + Array("\u{FFED}\u{2581}\u{241B} \u{200D}\u{301}'’-.,<s></>0xE2aZé中ก🇫".unicodeScalars) * 4

  /// A line of up to 24 scalars from all of the above.
  static func random(using generator: inout SplitMix) -> String {
    let length = Int.random(in: 0...24, using: &generator)
    var line = ""
    for _ in 0..<length {
      line.unicodeScalars.append(scalars[Int.random(in: 0..<scalars.count, using: &generator)])
    }
    return line
  }
}

private func * (scalars: [Unicode.Scalar], times: Int) -> [Unicode.Scalar] {
  Array((0..<times).map { _ in scalars }.joined())
}

extension String {
  /// The scalars, in which two canonically equivalent strings differ.
  var scalars: [UInt32] { unicodeScalars.map(\.value) }
}
