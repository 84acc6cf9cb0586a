import DragomanEvaluation
import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanTensor
import DragomanTranslation

/// What a run learns to do: everything that ``Trainer`` needs of it.
///
/// The loop, the gradient of several batches, the budget of memory, the optimizer and the checkpoints know a task by
/// this alone. A new task is a file beside this one, and a case of ``ModelTask``.
protocol TrainingTask: Sendable {
  /// The configuration with everything filled in, also what the data decide.
  var configuration: RunConfiguration { get }
  /// The parameters of the model.
  var layout: ParameterLayout { get }
  /// Where parameters are whose gradients are complete before those of the encoder, as ``Pass/afterDecoder`` is told;
  /// `nil` if there is no decoder.
  var decoderPlaces: Range<Int>? { get }
  /// What was read, skipped and learnt.
  var summary: DataSummary { get }
  /// Tells the run's data from others.
  var fingerprint: String { get }
  /// The model that the run begins with, if it does not begin with random weights.
  var origin: TrainingOrigin? { get }
  /// Target tokens of the training data.
  var targetTokens: Int { get }
  /// Training examples, of which each epoch has at most so many.
  var exampleCount: Int { get }
  /// The layers of a model that reads images; none of others.
  var layers: [LayerReport] { get }

  /// Puts the weights of a model that the run begins with in the place of random ones.
  func copyWeights(from pretrained: PretrainedModel, to weights: Parameters)
  /// The batches of an epoch, which follow from its number, from 0, and the run's seed.
  func epoch(_ number: Int, batchTokens: Int) -> any TrainingEpoch

  /// Validation examples.
  var validationCount: Int { get }
  /// The validation sources, each once, with all of their references; `nil` if examples are not translated.
  var references: ReferencedSources? { get }
  /// The losses of the validation examples in batches of so many target tokens, of those batches that a process has;
  /// ends between two of them with ``StopRequested`` if that is wanted.
  func validationLosses(
    _ pass: Pass, batchTokens: Int, of share: WorkShare, _ stop: StopRequest
  ) throws -> [Loss]
  /// Some validation examples, by their numbers, and what the model makes of them; ends on the way with
  /// ``StopRequested`` if that is wanted.
  func samples(
    at indices: [Int], _ weights: Parameters, _ kernels: Kernels, _ stop: StopRequest
  ) throws -> [ValidationReport.Sample]
  /// The loss of a model to which all tokens or classes are equally probable; `nil` if that says nothing.
  var uniformLoss: Double? { get }
  /// Where training examples stand, `file:line`, by what ``TrainingEpoch/origins(at:)`` gives; read anew from the
  /// files, and none where that cannot be told.
  func places(of origins: [Int]) -> [String]
  /// Some validation examples as images; none of texts.
  func images(at indices: [Int]) -> [SampleImage]
  /// What a model that reads images looks for first; `nil` of others.
  func filters(_ weights: Parameters) -> ImageFilters?

  /// About how long translating all validation sources will take, by a trial of some of them; `nil` if they are not
  /// translated.
  func translationSeconds(_ weights: Parameters, _ kernels: Kernels) -> Double?

  /// The model as a file holds it, with what is needed to use it; ``ModelTask/task(resuming:_:threads:)`` takes it
  /// back.
  func file(_ weights: Parameters, record: JSON) -> SavedModel
}

extension TrainingTask {
  var decoderPlaces: Range<Int>? { nil }
  var uniformLoss: Double? { nil }
  func places(of origins: [Int]) -> [String] { [] }
}

/// The batches of one epoch, made when they are asked for.
protocol TrainingEpoch {
  /// The number of batches.
  var count: Int { get }
  /// What a batch takes of memory in comparison with others: the tokens of both sides.
  func size(at index: Int) -> Int
  /// What the sum of a batch's losses is divided by; see ``TrainingBatch/weight``.
  func weight(at index: Int) -> Double
  /// One piece of a batch, `nil` if it has no example; throws what goes wrong when examples are read only now.
  func batch(at index: Int, piece: Piece) throws -> (any TrainingBatch)?
  /// The examples of a batch, by their numbers among all that were read.
  func origins(at index: Int) -> [Int]
}

extension TrainingEpoch {
  /// One batch as a whole.
  func batch(at index: Int) throws -> any TrainingBatch {
    guard let batch = try batch(at: index, piece: .whole) else {
      preconditionFailure("batch \(index) has no example")
    }
    return batch
  }
}

/// The examples of one batch.
protocol TrainingBatch {
  /// The number of target tokens.
  var targets: Int { get }
  /// What the sum of the losses is divided by: the number of target tokens, or the sum of the weights of their classes.
  var weight: Double { get }

  /// Forward and backward: adds the gradient of `scale` times the sum of the losses to `gradients`.
  ///
  /// - Returns: the loss without smoothed labels.
  func train(
    scale: Float, labelSmoothing: Float, _ pass: Pass, gradients: Parameters
  ) -> Loss
}

extension TrainingBatch {
  /// All targets count alike.
  var weight: Double { Double(targets) }
}
