import DragomanFormats
import DragomanModels
import DragomanTranslation

/// Which head of a Transformer's decoder is shown, as the command line says it: `--layer` and `--head`.
struct HeadOptions {
  private static let layer = OptionDefinition.option(
    "layer", "N", default: "the last layer",
    "Of a Transformer, show the attention of layer N, counted from 1.")
  private static let head = OptionDefinition.option(
    "head", "N", default: "the mean of all heads",
    "Of a Transformer, show head N of that layer, counted from 1.")

  /// What the command line may say.
  static let all = [layer, head]

  private let arguments: ParsedArguments
  private let numbers: (layer: Int?, head: Int?)

  /// Reads the options.
  ///
  /// - Parameters:
  ///   - arguments: the command line.
  ///   - isShown: whether something that is printed holds weights.
  init(_ arguments: ParsedArguments, isShown: Bool) throws(UsageError) {
    self.arguments = arguments
    numbers = (
      try arguments.integer(Self.layer, atLeast: 1), try arguments.integer(Self.head, atLeast: 1)
    )
    if !isShown {
      try refuse("left out where neither --attention nor --alignment shows weights")
    }
  }

  /// The head that is asked for; `nil` if none is.
  func choice(of translator: Translator) throws(UsageError) -> HeadChoice? {
    if translator.isEnsemble {
      try refuse("left out where several models write together: each has heads of its own")
    }
    guard let decoder = translator.heads else {
      try refuse("left out: this model's decoder is recurrent and has no heads")
      return nil
    }
    let (layers, heads) = (decoder.layers, decoder.heads)
    for (option, number, count) in [
      (Self.layer, numbers.layer, layers), (Self.head, numbers.head, heads),
    ] {
      guard let number, number > count else { continue }
      throw wrong(
        option,
        "from 1 to \(count): this model's decoder has \(Words.count(layers, "layer")) "
          + "of \(Words.count(heads, "head"))")
    }
    guard numbers != (nil, nil) else { return nil }
    return HeadChoice(layer: (numbers.layer ?? layers) - 1, head: numbers.head.map { $0 - 1 })
  }

  /// Refuses the first of the options that is given.
  private func refuse(_ expected: String) throws(UsageError) {
    if let option = Self.all.first(where: arguments.has) { throw wrong(option, expected) }
  }

  private func wrong(_ option: OptionDefinition, _ expected: String) -> UsageError {
    .invalidValue(
      option, found: arguments.text(option) ?? "", expected: expected, command: arguments.command)
  }
}
