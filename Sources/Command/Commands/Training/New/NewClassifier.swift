import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanText
import DragomanTraining
import DragomanTranslation

/// `dragoman new` for texts or images and their classes.
struct NewClassifier {
  private let arguments: ParsedArguments
  private let corpus: ParallelCorpus
  /// What the corpus was read from; `nil` if that is a folder of folders.
  private let file: CorpusFile?
  /// Where the two sides of the corpus stand.
  private let data: DataConfiguration
  /// Whether somebody said that these are classes.
  private let isAsked: Bool

  /// For a corpus that was read, if it is one of classes.
  init?(
    _ corpus: ParallelCorpus, _ file: CorpusFile, _ data: DataConfiguration,
    _ arguments: ParsedArguments, _ task: NewTask?
  ) throws {
    isAsked = task == .classification || arguments.has(NewCommand.images)
    guard isAsked || task == nil && ClassProfile(corpus).isLikely else { return nil }
    (self.corpus, self.file, self.data, self.arguments) = (corpus, file, data, arguments)
  }

  /// For images whose classes are folders; `nil` if the corpus is something else.
  init?(ofFolders arguments: ParsedArguments, _ task: NewTask?) throws {
    guard let folder = arguments.text(NewCommand.images) else { return nil }
    if let task, task != .classification {
      throw UsageError.invalidValue(
        NewCommand.task, found: task.rawValue, expected: "classification beside --images",
        command: arguments.command)
    }
    let files = [NewCommand.corpus, NewCommand.source, NewCommand.target]
    guard !files.contains(where: arguments.has) else { return nil }
    (corpus, file, isAsked) = (try ImageFolder(folder).corpus, nil, true)
    (data, self.arguments) = (DataConfiguration(), arguments)
  }

  private var folder: String? { arguments.text(NewCommand.images) }
  private var place: String { file?.description ?? folder ?? "" }

  /// Divides the examples, writes the configuration and says why it is what it is.
  func run(_ console: Console) throws -> ExitCode {
    let name = try NewCommand.runName(arguments, file?.paths[0] ?? folder ?? "")
    let (path, parts) = NewCommand.paths(name, arguments)
    let given = try NewCommand.given(arguments)
    var data = data
    // The parts are written anew, as tables of two columns.
    if given == nil { data.columns = ColumnConfiguration() }
    if let folder { data.images.folder = folder }
    guard corpus.count >= 10 else { throw SmallCorpus(place: place, pairs: corpus.count) }
    let isWritten = given == nil || file == nil
    let written = given == nil ? parts : file == nil ? [parts[0]] : []
    for path in (path == Console.dash ? [] : [path]) + written where Files.exists(path) {
      throw FileExists(path: path)
    }
    let split = given == nil ? StratifiedSplit(corpus, classes: ClassProfile(corpus).classes) : nil
    guard split.map({ !$0.train.isEmpty && !$0.validation.isEmpty }) ?? true else {
      throw SmallCorpus(place: place, pairs: corpus.count, isUniform: true)
    }
    let learnt = split.map { corpus.selecting($0.train) } ?? corpus
    let advice = try advice(learnt, data)
    data.train = isWritten ? [.tsv(parts[0])] : file.map { [$0] } ?? []
    data.validation = [given ?? .tsv(parts[1])]
    if let split {
      for (path, indices) in zip(parts, [split.train, split.validation, split.test])
      where !indices.isEmpty {
        try AtomicFile.write(corpus.tsv(of: indices), to: path)
      }
      if !split.test.isEmpty { data.test = [.tsv(parts[2])] }
      console.message("data: \(Self.words(split))")
    } else if isWritten {
      try AtomicFile.write(corpus.tsv(of: Array(corpus.indices)), to: parts[0])
      console.message("data: \(NumberText.grouped(corpus.count)) images are listed in \(parts[0])")
    }
    for reason in advice.reasons { console.message(reason) }
    return try NewCommand.write(
      advice.text(name: name, data: data), to: path, data, arguments, console)
  }

  /// What suits the texts or the images.
  private func advice(
    _ learnt: ParallelCorpus, _ data: DataConfiguration
  ) throws -> ConfigurationAdvice {
    let classes = ClassProfile(learnt)
    guard arguments.has(NewCommand.images) else {
      return ConfigurationAdvice(
        texts: CorpusProfile(learnt), classes, family: try NewCommand.chosenFamily(arguments),
        isAsked: isAsked)
    }
    var family = EncoderConfiguration.Kind.convolutional
    if let name = arguments.text(NewCommand.family) {
      family = try arguments.choice(name, of: NewCommand.family)
      guard family.readsImages else {
        throw UsageError.invalidValue(
          NewCommand.family, found: name, expected: "convolutional or vision beside --images",
          command: arguments.command)
      }
    }
    return ConfigurationAdvice(
      images: try ImageProfile(ExampleList(corpus), data.images), classes, family: family,
      isAsked: isAsked)
  }

  /// The parts in words.
  private static func words(_ split: StratifiedSplit) -> String {
    let rare = split.undivided
    return "\(NumberText.grouped(split.validation.count)) examples are held out for validation and "
      + "\(NumberText.grouped(split.test.count)) for test, of each class its share; equal ones stay in one part"
      + (rare == 0
        ? ""
        : "; all of the \(rare == 1 ? "class" : "\(rare) classes") with fewer than three different examples are "
          + "trained on")
  }
}
