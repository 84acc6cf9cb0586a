import DragomanText
import DragomanTraining

/// What the two sides of a corpus are called: what the command line says, or else what the files say of themselves.
struct CorpusLanguages {
  private var languages: LanguageConfiguration
  private let declared: [(file: String, CorpusSummary.DeclaredLanguages)]
  private let isStated: Bool

  /// The languages that are stated, and what was found in the files.
  init(_ stated: LanguageConfiguration, _ summaries: [CorpusSummary]) {
    languages = stated
    isStated = stated != LanguageConfiguration()
    declared = summaries.map { ($0.file.description, $0.declaredLanguages) }
  }

  /// The names; says where they come from, and where a file contradicts what is stated.
  func named(_ console: Console) -> LanguageConfiguration {
    var languages = languages
    for (file, own) in declared {
      guard let target = own.target else { continue }
      if isStated {
        let stated = [languages.source, languages.target].compactMap(\.self)
        guard !stated.contains(where: { LanguageCode.isSameLanguage($0, target) }) else { continue }
        console.message(
          "languages: the header of \(file) says \(target), which is not among \(stated.joined(separator: ", "))"
        )
      } else if languages.target == nil {
        languages.target = target
        // A file whose two languages are one tells nothing of its source.
        languages.source = own.source.flatMap { LanguageCode.isSameLanguage($0, target) ? nil : $0 }
        console.message(
          "languages: \(languages.source.map { "\($0) and " } ?? "the target is ")\(target), as the header of "
            + "\(file) says"
        )
      }
    }
    return languages
  }
}
