import DragomanFormats
import DragomanSystem
import DragomanTraining
import DragomanTranslation

/// The model that somebody names: by its file, by the folder of its run, or by the name of a run in `runs/`.
enum ModelPath {
  /// Whether a path looks like that of a model: a folder with a model in it, or a name that ends as theirs do.
  static func isModel(_ path: String) -> Bool {
    Files.isDirectory(path) ? RunFolder(path: path).model != nil : path.hasSuffix(".safetensors")
  }

  /// Whether a word names a model or was meant to: by a path or by the name of a run in `runs/`.
  static func isNamed(_ word: String, runs root: String = "runs") -> Bool {
    isModel(word) || word.contains("/") && !word.contains(" ")
      || !word.isEmpty && Files.isDirectory("\(root)/\(word)")
  }

  /// The file of the model; says so where it is not the one that most would expect.
  static func file(
    of path: String, _ console: Console?, runs root: String = "runs"
  ) throws -> String {
    guard Files.exists(path) else { return try file(ofRun: path, console, root) }
    let model = try RunFolder.model(at: path)
    guard model != path else { return model }
    if RunFolder(path: path).standsForLast {
      console?.message("model: \(model), since there is no best.safetensors beside it")
    }
    return try undamaged(model, of: RunFolder(path: path))
  }

  /// The model that a folder stands for, or the next one in it where that is damaged, which is told even to who asked
  /// for quiet.
  private static func undamaged(_ model: String, of folder: RunFolder) throws -> String {
    guard let damage = damage(of: model) else { return model }
    guard
      let other = [folder.last, folder.previous].first(where: {
        $0 != model && Files.exists($0) && self.damage(of: $0) == nil
      })
    else { throw damage }
    Console.standard.message("\(damage)\nmodel: \(other), since \(model) is damaged")
    return other
  }

  /// What is wrong with the bytes of a model; `nil` if nothing is.
  private static func damage(of path: String) -> (any Error)? {
    do {
      let reader = try SafetensorsReader(path: path)
      if try ModelFile.version(of: reader) > 1 { try reader.verifyChecksum() }
      return nil
    } catch {
      return error
    }
  }

  /// The file of the model of a run that is named without its folder.
  private static func file(
    ofRun name: String, _ console: Console?, _ root: String
  ) throws -> String {
    let folder = "\(root)/\(name)"
    if !name.isEmpty, !name.hasPrefix("/"), Files.isDirectory(folder) {
      let model = try file(of: folder, console, runs: root)
      if !RunFolder(path: folder).standsForLast { console?.message("model: \(model)") }
      return model
    }
    do {
      _ = try InputFile(name)
      return name
    } catch {
      let runs = Files.isDirectory(root) ? try Files.list(root) : []
      let nearest = Suggestion.nearest(to: name, among: runs).map { "\(root)/\($0)" }
      throw FileError(
        file: name, wanted: "find the model",
        reason: "there is no such file or folder, nor a run of this name in \(root)/",
        remedy: error.remedy ?? nearest.map { "Did you mean '\($0)'?" })
    }
  }
}

extension ModelPath {
  /// The folder of a run that is named by its path, by a model in it, or by its name in `runs/`.
  static func folder(of path: String, runs root: String = "runs") -> String {
    if Files.exists(path) { return Files.isDirectory(path) ? path : Files.directory(of: path) }
    let folder = "\(root)/\(path)"
    return path.hasPrefix("/") || !Files.isDirectory(folder) ? path : folder
  }
}
