/// Codes of languages, such as `en` and `pt-BR`.
package enum LanguageCode {
  /// How well a code fits the one that is wanted: 2 if it is the same, 1 if it says more, else 0.
  ///
  /// Case does not matter, nor `_` for `-`.
  static func rank(_ code: String, for wanted: String) -> Int {
    let (code, wanted) = (plain(code), plain(wanted))
    return code == wanted ? 2 : code.hasPrefix(wanted + "-") ? 1 : 0
  }

  /// Whether two codes mean one language, whatever country and script they name: `pt_BR` and `pt`, `sr@latin` and `sr`.
  package static func isSameLanguage(_ one: String, _ other: String) -> Bool {
    func language(_ code: String) -> Substring {
      Substring(code.lowercased()).prefix { $0 != "_" && $0 != "-" && $0 != "@" }
    }
    return language(one) == language(other)
  }

  /// A code in small letters with `-`.
  static func plain(_ code: String) -> String {
    String(code.lowercased().map { $0 == "_" ? "-" : $0 })
  }
}
