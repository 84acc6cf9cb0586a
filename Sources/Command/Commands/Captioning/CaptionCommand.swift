import DragomanDecoding
import DragomanFormats
import DragomanPages
import DragomanReporting
import DragomanSystem
import DragomanTranslation

/// `dragoman caption`: what a model writes about images or features.
enum CaptionCommand {
  private static let nBest = OptionDefinition.option(
    "n-best", "N", default: "1",
    "Give N captions of each image, with their scores; the beam is at least as wide.")
  private static let prefix = OptionDefinition.option(
    "prefix", "TEXT", "Begin each caption with this text.")
  private static let attention = OptionDefinition.flag(
    "attention", "Also show where the model looked when it wrote each word.")
  private static let html = OptionDefinition.option(
    "html", "FILE",
    "Also write a page with the images and where each word looked; \"-\" prints it instead.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "caption", "Write captions of images or features.",
    operand: OperandDefinition(
      name: "IMAGE", count: 0...Int.max, kind: .file, after: .existing,
      help:
        "The file of an image, or of features if the model reads those, or a folder of them; without any, standard "
        + "input names one on each line."),
    options: DecodingOptions.common + [
      nBest, prefix, attention, html, SharedOptions.threads, SharedOptions.strict,
      SharedOptions.quiet, SharedOptions.json,
    ],
    discussion: """
      A line of output is the name of the file, a tab and the caption; with --n-best, the score and a tab come before \
      the caption. Where a file has several examples, its name has the number of the example after it. Images are \
      PNG, Netpbm or NPY, or an array "images" in NPZ or safetensors; features are NPY, [rows, columns] or \
      [examples, rows, columns], or an array "features" in NPZ or safetensors. Of a folder, the files with such \
      endings are taken by their names.

      With --attention each word is followed by a small picture of the image under the weights of its regions, or by a \
      strip of the rows of features. The page of --html shows the first \(CaptionPage.longest) examples.

      Examples:
        dragoman caption photo.png
        dragoman caption runs/scenes-caption photos
        dragoman caption --beam 5 --n-best 3 --json photo.png
        dragoman caption --attention photo.png
        dragoman caption --html page.html photos
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let count = try arguments.integer(nBest, atLeast: 1, atMost: DecodingConfiguration.widest)
    try arguments.refuse(attention, with: SharedOptions.json)
    let isPage = try arguments.isDash(html, insteadOf: SharedOptions.json, attention)
    let results = isPage ? console.withoutResults : console
    let told = console.quiet(arguments.has(SharedOptions.quiet))
    var captioner = try DecodingOptions.captioner(
      of: DecodingOptions.paths(arguments, told), arguments)
    if let count {
      try DecodingOptions.widen(&captioner.decoding, for: count, by: nBest, arguments, told)
    }
    DecodingOptions.tell(prefix: arguments.text(prefix), captioner.targetNote, told)
    let asJSON = arguments.has(SharedOptions.json)
    let picture = CaptionPicture(width: console.resultWidth, hasColour: console.hasColour)
    let text = CaptionText(
      isNumbered: count != nil, grid: captioner.gridSize,
      picture: arguments.has(attention) ? picture : nil)
    let page = arguments.text(html)
    let options = TranslationOptions(
      prefix: arguments.text(prefix) ?? "",
      withAttention: asJSON || page != nil || arguments.has(attention),
      withProbabilities: asJSON || page != nil || count != nil)
    var shown: [CaptionPage.Caption] = []
    var written = 0
    var cut = 0
    func caption(_ examples: [CaptionExample]) throws {
      let found = captioner.captions(
        of: examples, count: count ?? 1, options, isTraced: page != nil)
      try NoNumber.refuse(found, of: examples)
      for (example, found) in zip(examples, found) {
        cut += found.translations[0].isCutOff ? 1 : 0
        try results.write(
          found.translations.enumerated().map { rank, translation in
            asJSON
              ? text.json(translation, example, rank: rank + 1).rounded.serialized() + "\n"
              : text.text(translation, example)
          }.joined())
        written += 1
        if page != nil, shown.count < CaptionPage.longest {
          shown.append(.init(example: example, translations: found.translations))
        }
      }
    }
    func write(to page: String) throws {
      try console.write(
        CaptionPage(
          shown, of: written, grid: captioner.gridSize,
          subtitle: DecodingOptions.summary(
            arguments, captioner.configuration, captioner.decoding)
        ).page, to: page)
    }
    /// Examples are read and written about a batch at a time.
    func caption(_ paths: [String]) throws {
      var waiting: [CaptionExample] = []
      func captionWaiting() throws {
        guard !waiting.isEmpty else { return }
        // A batch that could not be written is not tried again.
        let batch = waiting
        waiting.removeAll()
        try caption(batch)
      }
      do {
        for path in paths {
          try captioner.model.reading.forEachExample(path: path) { example in
            waiting.append(example)
            if waiting.count >= captioner.decoding.batch { try captionWaiting() }
          }
        }
      } catch {
        // What comes before a file that cannot be read is not lost.
        try captionWaiting()
        throw error
      }
      try captionWaiting()
    }
    // A page that cannot be written is no reason to caption first.
    if let page, !isPage { try write(to: page) }
    let kind = ExampleFolder.Kind(captioner.model.reading)
    if arguments.operands.isEmpty {
      let input = LineReader(isStrict: arguments.has(SharedOptions.strict))
      try input.forEach(console, isQuiet: arguments.has(SharedOptions.quiet)) { lines in
        try caption(lines.filter { !$0.isEmpty })
      }
    } else {
      try caption(try arguments.operands.flatMap { try ExampleFolder.files(at: $0, kind) })
    }
    CutOffCaptions.tell(cut, of: written, captioner.decoding, told)
    if let page {
      try write(to: page)
      if !isPage { console.message("page: \(page)") }
    }
    return .success
  }
}
