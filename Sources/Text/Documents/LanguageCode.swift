/// Codes of languages, such as `en` and `pt-BR`.
enum LanguageCode {
  /// How well a code fits the one that is wanted: 2 if it is the same, 1 if it says more, else 0.
  ///
  /// Case does not matter, nor `_` for `-`.
  static func rank(_ code: String, for wanted: String) -> Int {
    let (code, wanted) = (plain(code), plain(wanted))
    return code == wanted ? 2 : code.hasPrefix(wanted + "-") ? 1 : 0
  }

  /// A code in small letters with `-`.
  static func plain(_ code: String) -> String {
    String(code.lowercased().map { $0 == "_" ? "-" : $0 })
  }
}
