import DragomanFormats

/// The encoding that a file says it is in, where that is none that UTF-8 includes.
///
/// The bytes decide: what is UTF-8 beyond ASCII is hardly ever anything else, and a file that was converted often keeps
/// its old name for it.
struct DeclaredCharset {
  /// The name, as the file has it.
  let name: String

  /// `nil` for names of UTF-8 and ASCII.
  init?(_ name: String) {
    guard !name.isEmpty, !CharsetName.isUTF8(name) else { return nil }
    self.name = name
  }

  /// Whether bytes that are valid UTF-8 may still be something else, made of ASCII alone.
  var isEscaped: Bool { CharsetName.isEscaped(name) }

  /// What to throw at a line that is not valid UTF-8, or of an encoding that looks like ASCII.
  ///
  /// - Parameter converter: what converts a file of this kind together with its header, as a command.
  func error(_ path: String, converter: String? = nil) -> CorpusError {
    let change = " Then change the encoding that it states."
    let remedy =
      converter.map { "Convert it with '\($0)'." }
      ?? CharsetName.remedy(name) + (CharsetName.isSound(name) ? change : "")
    return .foreign(
      path: path, kind: "text in \(CharsetName.shown(name)), as it says", remedy: remedy)
  }

  /// What to throw at a line that is not valid UTF-8, given what the reader says of it.
  func error(
    _ path: String, instead error: CorpusError, converter: String? = nil
  ) -> CorpusError {
    // Lines could be read, so that the units are single bytes, whatever the file says.
    CharsetName.isWide(name) ? error : self.error(path, converter: converter)
  }

  /// Counts the file as one that was read all the same, if that shows.
  func note(
    _ path: String, line: Int, hasBeyondASCII: Bool, _ summary: inout CorpusSummary
  ) {
    guard hasBeyondASCII || CharsetName.isWide(name) else { return }
    summary.note(.charset, "\(path):\(line)", excerpt: CharsetName.shown(name))
  }
}
