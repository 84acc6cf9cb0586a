import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanText
import DragomanTraining

/// `dragoman new` for arrays of images or of features and their classes, which are left as they are.
struct NewArrays {
  private let arguments: ParsedArguments
  private let file: CorpusFile
  private let isAsked: Bool

  /// For a file of arrays; `nil` if it holds text.
  init?(_ file: CorpusFile, _ arguments: ParsedArguments, _ task: NewTask?) throws(UsageError) {
    guard ExampleList.isOfArrays(file) else { return nil }
    (self.file, self.arguments) = (file, arguments)
    isAsked = task == .classification
    if let task, !isAsked {
      throw .invalidValue(
        NewCommand.task, found: task.rawValue,
        expected: "classification, since arrays of numbers hold no text", command: arguments.command
      )
    }
    try arguments.refuse(NewCommand.images, with: NewCommand.corpus)
  }

  /// Writes the configuration and says why it is what it is.
  func run(_ console: Console) throws -> ExitCode {
    let name = try NewCommand.runName(arguments, file.paths[0])
    let (path, _) = NewCommand.paths(name, arguments)
    guard path == Console.dash || !Files.exists(path) else { throw FileExists(path: path) }
    guard let validation = try NewCommand.given(arguments) else {
      throw UndividedArrays(place: file.description)
    }
    var data = DataConfiguration()
    (data.train, data.validation) = ([file], [validation])
    let list = try ExampleList(data.train, data)
    let family: EncoderConfiguration.Kind? =
      try arguments.text(NewCommand.family).map { try arguments.choice($0, of: NewCommand.family) }
    let advice = try ConfigurationAdvice(
      arrays: list, data, ClassProfile(list.corpus, areOfArrays: true), family: family,
      isAsked: isAsked)
    for reason in advice.reasons { console.message(reason) }
    return try NewCommand.write(
      advice.text(name: name, data: data), to: path, data, arguments, console)
  }
}

/// Arrays without validation examples.
struct UndividedArrays: Error, CustomStringConvertible {
  let place: String

  var description: String {
    """
    \(place): expected --validation FILE beside arrays, which are not divided here, found none. Save a part of the \
    examples as a file of its own.
    """
  }
}
