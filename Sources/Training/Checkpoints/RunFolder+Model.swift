import DragomanSystem

extension RunFolder {
  /// The folder of a run by its path, `runs/demo` or `runs/demo/`.
  package init(path: String) {
    let name = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.init(name: Files.name(of: name), in: Files.directory(of: name))
  }

  /// The folder by the path at which it is now, if it was moved since its run began.
  package var current: RunFolder {
    guard let open, !open.isAtItsPath, let path = open.currentPath else { return self }
    return RunFolder(path: path)
  }

  /// The model that the folder stands for: the best one, or else the last; `nil` if there is neither.
  package var model: String? { [best, last].first { Files.exists($0) } }

  /// Whether the folder stands for its last model, since it has no best one yet.
  package var standsForLast: Bool { model == last }

  /// The file of the model that a path names: a file itself, or what the folder of a run stands for.
  package static func model(at path: String) throws(NoModelInFolder) -> String {
    guard Files.isDirectory(path) else { return path }
    guard let model = RunFolder(path: path).model else { throw NoModelInFolder(path: path) }
    return model
  }
}

/// A folder holds no model.
package struct NoModelInFolder: Error, Equatable, CustomStringConvertible {
  /// The folder.
  package let path: String
  /// What was expected.
  package var description: String {
    "\(path): expected a file, or the folder of a run with best.safetensors or last.safetensors"
  }
}
