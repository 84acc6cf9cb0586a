import DragomanFormats
import DragomanImages
import DragomanLayers
import DragomanModels
import DragomanSystem
package import DragomanTensor
import DragomanText

extension ClassificationWalk {
  /// Walks an example through a classifier.
  ///
  /// Throws a ``WalkError`` for a text without words, one of more than ``Walk/longest`` tokens, or a class that the
  /// model does not know; and what reading an image or features throws.
  ///
  /// - Parameters:
  ///   - line: a text, or the file of an image or of features; of a file with several one of them, as `classify`
  ///     names it.
  ///   - name: what the image or the features are called; the path if nothing else is said.
  ///   - target: the class whose loss is taken; the most probable one otherwise.
  ///   - model: the classifier.
  ///   - withGradients: whether to go back as well.
  ///   - kernels: what computes; the numbers do not depend on it.
  package init(
    _ line: String, named name: String? = nil, target: String? = nil, of model: TrainedClassifier,
    withGradients: Bool = false, kernels: Kernels
  ) throws {
    let forced = try target.map { try Self.number(of: $0, in: model.labels) }
    let (example, source) = try Self.example(line, name: name ?? line, model)
    let pass = Pass(
      weights: model.weights, workspace: Workspace(kernels: kernels), recorder: Recorder())
    let classifier = model.model
    let trace = classifier.forward(source, pass)
    let logits = classifier.logits(trace, pass).elements
    guard logits.allSatisfy(\.isFinite) else { throw WalkError.noNumbers }
    let best = logits.indices.reduce(0) { logits[$1] > logits[$0] ? $1 : $0 }
    let number = Int32(forced ?? best)
    let back =
      withGradients
      ? ClassificationWalkBack(classifier, source, number, model.weights, kernels) : nil

    configuration = classifier.configuration
    labels = model.labels
    self.example = example
    states = trace.rows.matrix.vectors
    pooling = WalkPooling(trace.pooling.weights, classifier.pooling.kind, trace.pooled, pass)
    seen = trace.seen?.first
    self.logits = logits
    self.target = Int(number)
    isForced = forced != nil
    loss = classifier.head.losses(trace.pooled, targets: [number], pass)[0]
    encoder = Self.encoder(trace, example, configuration, pass, back: back?.recorder)
    gradients = back.map {
      ClassificationWalkGradients(
        $0, logits: logits, number, classifier.layout, model.weights, kernels)
    }
  }

  /// The number of a class.
  private static func number(of name: String, in labels: [String]) throws(WalkError) -> Int {
    guard let number = labels.firstIndex(where: { ExactText($0) == ExactText(name) }) else {
      throw .unknownClass(
        name: name, nearest: Suggestion.nearest(to: name, among: labels), known: labels)
    }
    return number
  }

  /// What a line is or names, and as the model reads it.
  private static func example(
    _ line: String, name: String, _ model: TrainedClassifier
  ) throws -> (WalkExample, Source) {
    switch model.reading {
    case .texts(let codec):
      let text = WalkText(line, codec)
      guard text.tokens.count > 1 else { throw WalkError.noWords }
      guard text.tokens.count <= Walk.longest else {
        throw WalkError.tooLong(side: "phrase", tokens: text.tokens.count)
      }
      return (.text(text), .tokens([text.tokens.map(\.id)]))
    case .features(let preparation):
      let (rows, source) = try WalkRows.read(line, named: name, preparation)
      return (.rows(rows), source)
    case .images(let preparation):
      let (image, source) = try WalkImage.read(
        line, named: name, preparation, places: model.model.gridSize,
        hasClass: model.model.configuration.pooling == .cls)
      return (.image(image), source)
    }
  }

  /// What the encoder of a family did.
  private static func encoder(
    _ trace: Classifier.Trace, _ example: WalkExample, _ configuration: ClassifierConfiguration,
    _ pass: Pass, back: Recorder?
  ) -> Encoder {
    switch (trace.encoder, example, configuration.encoder) {
    case (.vision(_, let trace), .image(let image), .vision(let own)):
      .vision(VisionEncoderWalk(own, trace, image, RecordedLayers(pass)))
    case (.convolutional, .image(let image), .convolutional(let own)):
      .convolutional(ConvolutionalEncoderWalk(own, image, RecordedLayers(pass)))
    case (.vision, _, _), (.convolutional, _, _):
      preconditionFailure("an image that went through another encoder than its model has")
    case (.recurrent, _, _), (.transformer, _, _), (.features, _, _):
      .sequence(
        WalkEncoder(
          trace.encoder, of: configuration.encoder, example, states: trace.rows, pass, back: back))
    }
  }
}

extension WalkPooling {
  fileprivate init(_ weights: Matrix?, _ kind: RowPoolingKind, _ pooled: Matrix, _ pass: Pass) {
    self.init(
      kind: kind, scores: weights == nil ? nil : pass.recorder?[.scores].last,
      weights: weights?.elements, pooled: pooled.elements)
  }
}
