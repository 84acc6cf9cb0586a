import DragomanDecoding
import DragomanFormats
import DragomanModels
import DragomanLayers
import DragomanTensor
public import DragomanText

extension Translator {
  /// Scores given translations by the path training takes: the true previous token at every step.
  ///
  /// The probabilities of several models are averaged, token by token, as when they translate together. A side without
  /// words is scored as well: its only token is the end.
  public func score(_ pairs: [SentencePair]) -> [Score] {
    let workspace = Workspace(kernels: kernels)
    precondition(decoding.batch >= 1, "decoding.batch is \(decoding.batch)")
    let encoded = pairs.map { pair in
      EncodedPair(
        source: model.source.encode(TextGate.text(pair.source)) + [model.source.vocabulary.end],
        target: model.target.encode(TextGate.text(pair.target)) + [model.target.vocabulary.end])
    }
    let order = encoded.map(\.target).longestFirst
    var result = [Score](repeating: Score(tokens: [], logProbabilities: []), count: pairs.count)
    for start in stride(from: 0, to: order.count, by: decoding.batch) {
      let places = Array(order[start..<min(start + decoding.batch, order.count)])
      let batch = Batch(places.map { encoded[$0] }, begin: model.target.vocabulary.begin)
      let found = logProbabilities(of: batch, workspace)
      for (row, place) in places.enumerated() {
        let rows = Int(batch.targetOffsets[row])..<Int(batch.targetOffsets[row + 1])
        result[place] = Score(
          tokens: encoded[place].target.map { model.target.display($0) },
          logProbabilities: Array(found[rows]))
      }
    }
    return result
  }

  /// log p of each target token of a batch: that of the model, or of the mean of the models' probabilities.
  private func logProbabilities(of batch: Batch, _ workspace: Workspace) -> [Float] {
    let ofModels = packed.map { packed in
      workspace.reset()
      let pass = Pass(weights: packed.weights, workspace: workspace)
      return packed.model.losses(batch, pass).map { 0 - $0 }
    }
    return Score.mean(of: ofModels)
  }
}
