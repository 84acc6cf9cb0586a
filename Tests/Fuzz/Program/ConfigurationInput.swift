import DragomanFormats
import DragomanFuzzEntry
import DragomanTraining
import DragomanTranslation

/// Configurations and dictionaries, which are small texts.
enum ConfigurationInput {
  private static let scratch = Scratch("dictionary")

  /// A configuration that is accepted is written so that it is read again as itself.
  static func read(_ bytes: [UInt8]) {
    Promise.attempt {
      let configuration = try RunConfiguration.parse(bytes, file: "input")
      let text = configuration.text
      do {
        let again = try RunConfiguration.parse(Array(text.utf8), file: "again")
        Promise.keep(again == configuration, "a configuration that is written: \(text)")
      } catch { fatalError("a configuration that is written: \(error)") }
    }
  }

  /// Reads an input as a dictionary of replacements.
  static func dictionary(_ bytes: [UInt8]) {
    let path = scratch.write("words.tsv", bytes)
    Promise.attempt { _ = try WordDictionary(path: path)["a"] }
  }
}
