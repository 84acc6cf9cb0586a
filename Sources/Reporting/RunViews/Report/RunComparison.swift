import DragomanSystem
import DragomanFormats
package import DragomanTraining

/// Several runs beside each other: figures of their best models, curves, what differs in their configurations.
package struct RunComparison: Sendable {
  /// What is known of a run from its folder.
  package struct Run: Sendable {
    /// What it is called here: the name of its folder, or the whole path where names are alike.
    package let name: String
    /// Where its files are.
    package let folder: RunFolder
    /// Its configuration.
    package let configuration: RunConfiguration
    /// What its log tells.
    package let history: RunHistory
  }

  /// The runs, as they were named.
  package let runs: [Run]

  /// Reads the folders of runs.
  ///
  /// - Throws: ``RunComparisonError`` where a folder is none of a run; what goes wrong when its files are read.
  package init(folders: [String]) throws {
    let paths = folders.map { path in
      var path = path
      while path.count > 1, path.hasSuffix("/") { path.removeLast() }
      return path
    }
    let names = paths.map { Files.name(of: $0) }
    var runs: [Run] = []
    for (path, name) in zip(paths, names) {
      let folder = RunFolder(name: name, in: Files.directory(of: path))
      for file in [folder.configuration, folder.log] where !Files.exists(file) {
        throw RunComparisonError.noRun(folder: path, missing: Files.name(of: file))
      }
      let history = RunHistory(try RunLog.entries(of: folder.log))
      runs.append(
        Run(
          name: names.count { $0 == name } > 1 ? path : name, folder: folder,
          // With everything filled in: a preset has no pairs to look at any more.
          configuration: try RunConfiguration.stored(
            JSON.read(path: folder.configuration), file: folder.configuration),
          history: history))
    }
    self.runs = runs
  }

  init(_ runs: [Run]) {
    self.runs = runs
  }

  // MARK: Configurations

  /// The keys whose values are not the same in all runs, in the order of the fields, without the name.
  package var differingKeys: [String] {
    guard let first = runs.first?.configuration else { return [] }
    var keys: [String] = []
    for run in runs.dropFirst() {
      for key in run.configuration.differences(from: first) where !keys.contains(key) {
        keys.append(key)
      }
    }
    return keys.filter { $0 != "name" }
  }

  /// The value of a key in a run, as JSON; `–` if it has none.
  func value(of key: String, in run: Run) -> String {
    run.configuration.json.value(at: key)?.serialized() ?? "–"
  }
}

/// Why runs cannot be compared.
package enum RunComparisonError: Error, Equatable {
  /// A folder lacks a file that each run has.
  case noRun(folder: String, missing: String)
}

extension RunComparisonError: CustomStringConvertible {
  /// What is wrong and what to do.
  package var description: String {
    switch self {
    case .noRun(let folder, let missing):
      "\(folder): expected the folder of a run, but it has no \(missing). Name folders such as "
        + "runs/phrasebook, which 'dragoman train' makes."
    }
  }
}
