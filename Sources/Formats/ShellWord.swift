/// A word of a command line that we advise.
package enum ShellWord {
  /// The word as a shell reads it: as it is if that is plain, or else between single quotes.
  package static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "/._-+".unicodeScalars.contains($0)
      }
    return isPlain ? word : inQuotes(word)
  }

  /// Any text between single quotes, as bash and zsh read it.
  package static func inQuotes(_ text: String) -> String {
    let parts = text.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }
}
