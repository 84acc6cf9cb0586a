import DragomanSystem
import DragomanText
import DragomanTranslation

/// The folders from which a configuration's paths are tried, after the working directory.
///
/// It says where something was looked for, and not what is learnt: two of them are always equal.
package struct DataPlaces: Sendable, Equatable {
  /// Folders, in the order in which they are tried.
  package var folders: [String] = []

  /// The working directory alone.
  package init() {}

  /// The folder of a configuration or a model, and, of one in a run's folder, the folder that `runs/` lies in.
  package init(of file: String) {
    let folder = Files.directory(of: file)
    folders = [folder]
    let run = RunFolder(path: folder)
    if Files.exists(run.log) || Files.exists(run.configuration), folder != "." {
      folders.append(Files.directory(of: Files.directory(of: folder)))
    }
    folders.removeAll { $0 == "." }
  }

  package static func == (_: Self, _: Self) -> Bool { true }

  /// Where else a path is tried; nowhere for an absolute one and for standard input.
  func others(_ path: String) -> [String] {
    path.hasPrefix("/") || path == "-"
      ? [] : folders.map { $0 == "/" ? "/\(path)" : "\($0)/\(path)" }
  }

  /// The path from the working directory to what a path of the configuration leads to.
  ///
  /// A path that leads nowhere from any of the folders stays as it is.
  func located(_ path: String) -> String {
    Files.exists(path) ? path : others(path).first(where: Files.exists) ?? path
  }

  /// An error that says of a missing file where it was looked for.
  func explained(_ error: CorpusError) -> CorpusError {
    guard case .unreadable(let cause) = error, !Files.exists(cause.file),
      case let others = others(cause.file), !others.isEmpty
    else { return error }
    let places = others.map { "'\($0)'" }.joined(separator: " nor ")
    return .unreadable(
      FileError(
        file: cause.file, wanted: cause.wanted, reason: cause.reason,
        remedy: ["There is no \(places) either.", cause.remedy].compactMap(\.self)
          .joined(separator: " ")))
  }
}

extension DataConfiguration {
  /// Makes paths that lead somewhere only from these folders lead there from the working directory.
  ///
  /// Images and features whose folder nobody states are beside the examples that name them.
  package mutating func locate(from places: DataPlaces) {
    self.places = places
    guard !places.folders.isEmpty else { return }
    let stated = train
    for files in [\Self.train, \Self.validation, \Self.test] {
      self[keyPath: files] = self[keyPath: files].map { $0.mapPaths(places.located) }
    }
    let beside = places.folders.first { folder in
      zip(stated, train).contains { $0 != $1 && $1.paths[0] == "\(folder)/\($0.paths[0])" }
    }
    for folder in [\Self.images.folder, \Self.features.folder] {
      self[keyPath: folder] =
        self[keyPath: folder] == "."
        ? beside ?? "." : places.located(self[keyPath: folder])
    }
  }
}
