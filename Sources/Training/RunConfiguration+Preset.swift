public import DragomanFormats
import DragomanText

extension RunConfiguration {
  /// Reads the configuration file at `path`, which may be overridden key by key.
  ///
  /// A `preset` fills in what suits the training pairs; the reasons are lost.
  public static func read(
    path: String, overrides: [ConfigurationOverride] = []
  ) throws -> RunConfiguration {
    try readAdvised(path: path, overrides: overrides).configuration
  }

  /// Reads a configuration file, and looks at the training pairs if it has a `preset`.
  ///
  /// What the file and the overrides state counts, then what `settled` has, then the advice, then the defaults.
  ///
  /// - Returns: the configuration, and the advice that the preset gave.
  /// - Throws: what goes wrong when a configuration or a corpus is read.
  public static func readAdvised(
    path: String, overrides: [ConfigurationOverride] = [], settled: JSON? = nil
  ) throws -> (configuration: RunConfiguration, advice: ConfigurationAdvice?) {
    let text = try JSON.parse(Files.read(path), file: path)
    let stated = settled.map(text.filled) ?? text
    func configuration(_ json: JSON) throws -> RunConfiguration {
      try read(json, file: path, overrides: overrides) { $0.name = name(of: path) }
    }
    let plain = try configuration(stated)
    guard plain.preset != .none else { return (plain, nil) }
    let corpus = try plain.data.read(plain.data.train)
    let advice = ConfigurationAdvice(CorpusProfile(corpus), task: plain.preset.task)
    return (try configuration(stated.filled(from: advice.settings)), advice)
  }
}
