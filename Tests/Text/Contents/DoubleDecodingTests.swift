import Testing

@testable import DragomanText

@Suite struct `Text that was decoded twice` {
  private func found(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    return DoubleDecoding(in: bytes.span)?.excerpt
  }

  @Test(arguments: [
    ("РћС‚РєСЂС‹С‚СЊ С„Р°Р№Р»", "'РћС‚РєСЂС‹С‚СЊ' for 'Открыть', by WINDOWS-1251"),
    ("un Ã©tÃ© chaud", "'Ã©tÃ©' for 'été', by WINDOWS-1252"),
    ("CafÃ©", "'CafÃ©' for 'Café', by WINDOWS-1252"),
    ("itâ€™s", "'itâ€™s' for 'it’s', by WINDOWS-1252"),
    ("Ð¾Ñ‚Ð²ÐµÑ‚", "'Ð¾Ñ‚Ð²ÐµÑ‚' for 'ответ', by WINDOWS-1252"),
    ("√©t√© chaud", "'√©t√©' for 'été', by MACINTOSH"),
    ("п©я─п╦п╡п╣я┌", "'п©я─п╦п╡п╣я┌' for 'привет', by KOI8-R"),
    ("pĹ™Ă\u{AD}liĹˇ", "'pĹ™Ă\\u{ad}liĹˇ' for 'příliš', by WINDOWS-1250"),
    ("ä½\u{A0}å¥½", "'ä½\\u{a0}å¥½' for '你好', by WINDOWS-1252"),
  ]) func `is told with what it was`(text: String, excerpt: String) {
    #expect(found(text) == excerpt)
  }

  @Test(arguments: [
    "", "plain", "été à Noël, « garçon »", "« … passé »", "CAFÉ…", "“CAFÉ”", "MAÇÃ»", "NÃO",
    "São Paulo",
    "Привет, мир", "Рівне і Київ", "Її їжа", "l’école d’été", "‚Ärger‘", "łódź mężą księży",
    "Žluťoučký kůň",
    "你好嗎", "こんにちは", "ÄÖÜ äöü ß", "Ö…", "½ £5 ©", "Αθήνα", "Ñandú", "naïve — “x”",
  ]) func `is not what only looks like it`(text: String) {
    #expect(found(text) == nil)
  }
}
