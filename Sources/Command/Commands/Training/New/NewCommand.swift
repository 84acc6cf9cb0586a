import DragomanSystem
import DragomanFormats
import DragomanModels
import DragomanText
import DragomanTraining

/// `dragoman new`: a configuration for a corpus, with reasons.
enum NewCommand {
  static let source = OptionDefinition.option(
    "source", "FILE", "Sources, a line each; with --target.")
  static let target = OptionDefinition.option(
    "target", "FILE", "Their translations, a line each.")
  static let corpus = OptionDefinition.option(
    "corpus", "FILE", "Both sides in one file, in place of the operand.")
  static let images = OptionDefinition.option(
    "images", "FOLDER",
    "Images to be classified: the corpus names their files in this folder, or else each folder in it is a class."
  )
  private static let validation = OptionDefinition.option(
    "validation", "FILE",
    "Validation pairs, in such a file. Default: pairs of the corpus are held out.")
  private static let languages = OptionDefinition.option(
    "languages", "SOURCE,TARGET", "Codes of the two languages, such as en,fr; TMX needs them.")
  static let task = OptionDefinition.option(
    "task", "NAME", default: "what the lines suggest by their lengths and by how many differ",
    kind: .choice(NewTask.allCases.map(\.rawValue)),
    "What it is for: " + NewTask.allCases.map(\.rawValue).joined(separator: ", ") + ".")
  static let family = OptionDefinition.option(
    "family", "NAME", default: "recurrent, or convolutional for images",
    kind: .choice(
      EncoderConfiguration.Kind.allCases.filter { $0 != .features }.map(\.rawValue)),
    "What encoder and decoder are: "
      + FamilyChoice.both.map(\.rawValue).joined(separator: " or ")
      + "; of images convolutional or vision.")
  private static let noEstimate = OptionDefinition.flag(
    "no-estimate", "Do not try the training for a second or two to tell how long it will take.")
  private static let name = OptionDefinition.option(
    "name", "NAME", default: "the corpus's file name without its ending", "Name of the run.")
  private static let output = OptionDefinition.option(
    "output", "FILE", default: "NAME.json",
    "The configuration that is written; \"-\" is standard output.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "new", "Write a configuration for a corpus.",
    operand: OperandDefinition(
      name: "FILE", count: 0...1, sameAs: corpus,
      help:
        "Both sides in one file: .tsv, .csv, .jsonl, .tmx, .po or .xlf; \"-\" is standard input."),
    options: [
      source, target, corpus, images, validation, SharedOptions.format, CorpusColumns.option,
      languages, task, family, name, output, SharedOptions.threads, noEstimate,
    ],
    discussion: """
      Looks at the corpus, chooses settings, writes them and says why. Without validation pairs, 500 pairs or \
      a twentieth, whichever is less, are set aside for validation and as many for test (of fewer than 2,000 pairs \
      100 or a tenth, of more than 50,000 a hundredth up to 2,000); the pairs of a source stay together. The three \
      parts are written beside the configuration as NAME.train.tsv, NAME.validation.tsv and NAME.test.tsv. Nothing \
      that exists is overwritten.

      At the end some updates are tried, which tells about how long the training will take on this machine.

      With --task classification the second side is a class, and a tenth of each class is held out twice. So it is \
      with --images, and where the second side has only a few different values.

      Examples:
        dragoman new --source train.en --target train.de --languages en,de
        dragoman new memory.tmx --languages en,fr --name memory
        dragoman new words.tsv --family transformer
        dragoman new --task classification texts.tsv
        dragoman new photos.tsv --images photos
        dragoman new --images folder-with-a-folder-for-each-class --name photos
        dragoman new train.npz --validation validation.npz
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let task = try task(arguments)
    if let classifier = try NewClassifier(ofFolders: arguments, task) {
      return try classifier.run(console)
    }
    let file = try file(arguments)
    if let arrays = try NewArrays(file, arguments, task) { return try arrays.run(console) }
    var data = DataConfiguration()
    (data.languages.source, data.languages.target) = try codes(arguments)
    let name = try runName(arguments, file.paths[0])
    let (path, parts) = paths(name, arguments)
    let given = try given(arguments)
    let written = (path == Console.dash ? [] : [path]) + (given == nil ? parts : [])
    for path in written where Files.exists(path) {
      throw FileExists(path: path)
    }
    let corpus = try CorpusColumns.read(file, &data, arguments, console)
    guard corpus.count >= 10 else {
      throw SmallCorpus(
        place: file.description, pairs: corpus.count,
        skipped: corpus.summary.filter { $0.skipped > 0 }.map(\.description))
    }
    for line in corpus.summary.flatMap({ [$0.description] + $0.remarks }) { console.message(line) }
    if let classifier = try NewClassifier(corpus, file, data, arguments, task) {
      return try classifier.run(console)
    }
    data.languages = CorpusLanguages(data.languages, corpus.summary).named(console)
    let families = try FamilyChoice(chosenFamily(arguments))
    var learnt = corpus
    if let given {
      (data.train, data.validation) = ([file], [given])
    } else {
      // The parts are written anew, as tables of two columns.
      data.columns = ColumnConfiguration()
      let split = CorpusSplit(corpus)
      guard !split.train.isEmpty, !split.validation.isEmpty else {
        throw SmallCorpus(place: file.description, pairs: corpus.count, isUniform: true)
      }
      for (path, indices) in zip(parts, [split.train, split.validation, split.test])
      where !indices.isEmpty {
        try AtomicFile.write(corpus.tsv(of: indices), to: path)
      }
      (data.train, data.validation, data.test) = (
        [.tsv(parts[0])], [.tsv(parts[1])], split.test.isEmpty ? [] : [.tsv(parts[2])]
      )
      console.message(
        "data: \(NumberText.grouped(split.validation.count)) pairs are held out for validation and "
          + "\(NumberText.grouped(split.test.count)) for test; equal sources stay in one part")
      learnt = corpus.selecting(split.train)
    }
    let advice = ConfigurationAdvice(
      CorpusProfile(learnt), task: task?.preset, families: families)
    for reason in advice.reasons { console.message(reason) }
    return try write(advice.text(name: name, data: data), to: path, data, arguments, console)
  }

  /// Writes a configuration, and says about how long its training will take and what comes next.
  static func write(
    _ text: String, to path: String, _ data: DataConfiguration, _ arguments: ParsedArguments,
    _ console: Console
  ) throws -> ExitCode {
    guard path != Console.dash else {
      try console.write(text)
      return .success
    }
    try AtomicFile.write(Array(text.utf8), to: path)
    try tellTime(path, data, arguments, console)
    console.message(
      "next: dragoman check \(ShellWord.quoted(path)), then dragoman train \(ShellWord.quoted(path))"
    )
    try console.print(path)
    return .success
  }

  /// Says about how long the training will take, unless nobody wants to know.
  static func tellTime(
    _ path: String, _ data: DataConfiguration, _ arguments: ParsedArguments, _ console: Console
  ) throws {
    guard !arguments.has(noEstimate) else { return }
    guard !data.readsStandardInput else {
      return console.message("time: not estimated, since standard input can be read only once")
    }
    let threads = try SharedOptions.threads(arguments)
    do {
      let configuration = try RunConfiguration.read(path: path)
      try console.message("time: \(TrainingEstimate(configuration, threads: threads))")
    } catch {
      // What is written stands; whoever trains is told the same.
      console.message("time: not estimated; \(error)")
    }
  }

  /// The validation pairs that are named.
  static func given(_ arguments: ParsedArguments) throws -> CorpusFile? {
    try arguments.text(validation).map { try SharedOptions.corpus($0, arguments) }
  }

  /// Where the configuration is written, and the parts of the data.
  static func paths(
    _ name: String, _ arguments: ParsedArguments
  ) -> (configuration: String, parts: [String]) {
    let path = arguments.text(output) ?? "\(name).json"
    let stem = Files.directory(of: path) == "." ? name : "\(Files.directory(of: path))/\(name)"
    return (path, ["train", "validation", "test"].map { "\(stem).\($0).tsv" })
  }

  private static func file(_ arguments: ParsedArguments) throws(UsageError) -> CorpusFile {
    try arguments.refuse(corpus, with: source)
    try arguments.refuse(corpus, with: target)
    let inputs = [corpus, source, target, validation].compactMap { arguments.text($0) }
    guard inputs.count(where: { $0 == "-" }) < 2 else {
      throw .inputTwice(command: arguments.command)
    }
    if let path = arguments.text(corpus) { return try SharedOptions.corpus(path, arguments) }
    if !arguments.has(validation) { try arguments.refuse(SharedOptions.format, with: source) }
    guard let sourcePath = arguments.text(source) else {
      throw .missingOption(arguments.has(target) ? source : corpus, command: arguments.command)
    }
    guard let targetPath = arguments.text(target) else {
      throw .missingOption(target, command: arguments.command)
    }
    return .aligned(source: sourcePath, target: targetPath)
  }

  private static func task(_ arguments: ParsedArguments) throws(UsageError) -> NewTask? {
    guard let name = arguments.text(task) else { return nil }
    return try arguments.choice(name, of: task)
  }

  static func chosenFamily(
    _ arguments: ParsedArguments
  ) throws(UsageError) -> EncoderConfiguration.Kind {
    guard let name = arguments.text(family) else { return .recurrent }
    let kind: EncoderConfiguration.Kind = try arguments.choice(name, of: family)
    guard !kind.readsImages else {
      throw .invalidValue(
        family, found: name, expected: "recurrent or transformer, since texts are not images",
        command: arguments.command)
    }
    return kind
  }

  static func codes(_ arguments: ParsedArguments) throws(UsageError) -> (String?, String?) {
    guard let text = arguments.text(languages) else { return (nil, nil) }
    let codes = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard codes.count == 2, codes.allSatisfy({ !$0.isEmpty }), codes[0] != codes[1] else {
      throw .invalidValue(
        languages, found: text, expected: "two different codes such as en,fr",
        command: arguments.command)
    }
    return (codes[0], codes[1])
  }

  static func runName(
    _ arguments: ParsedArguments, _ path: String
  ) throws(UsageError) -> String {
    if let text = arguments.text(name) {
      guard RunConfiguration.isName(text) else {
        throw .invalidValue(
          name, found: text,
          expected: "letters, digits, \".\", \"_\" and \"-\", a letter or digit first",
          command: arguments.command)
      }
      return text
    }
    let last =
      arguments.text(output).flatMap { $0 == Console.dash ? nil : $0 }
      ?? CorpusFile.unpackedName(path)
    let file = String(last.split(separator: "/").last ?? "model")
    return RunConfiguration.name(
      of: String(file.lastIndex(of: ".").map { file[..<$0] } ?? file[...]))
  }
}

/// A file that would be overwritten.
struct FileExists: Error, CustomStringConvertible {
  /// The file.
  let path: String
  /// What to do.
  var description: String {
    "\(path): there is such a file already, and it is kept; remove it, or choose another --name or --output"
  }
}

/// A corpus from which nothing can be held out.
struct SmallCorpus: Error, CustomStringConvertible {
  /// The corpus.
  let place: String
  /// Its pairs.
  let pairs: Int
  /// What was left out of it, in words.
  var skipped: [String] = []
  /// Whether there would be enough, had they not the same few sources.
  var isUniform = false
  /// What was expected and found.
  var description: String {
    isUniform
      ? "\(place): expected sources that differ, so that some can be held out, found the same few in "
        + "\(Words.count(pairs, "pair")); look at the file and at its columns"
      : "\(place): expected at least 10 pairs, found \(pairs)"
        + (skipped.isEmpty
          ? "; look at the file and at its columns" : " (\(skipped.joined(separator: "; ")))")
  }
}
