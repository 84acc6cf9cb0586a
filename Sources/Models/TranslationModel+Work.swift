import DragomanLayers
import DragomanTensor
package import DragomanText

extension TranslationModel {
  /// Floating-point operations of the products in one training step on a batch: two per multiply-add, and every
  /// product of the way forward twice more on the way back.
  ///
  /// Pointwise functions, softmax and the optimizer are not counted, as is usual; tokens are real ones.
  package func trainingOperations(_ batch: Batch) -> Double {
    var multiplications = 0.0
    let source = Double(batch.sourceIDs.count)
    for layer in encoder.layers {
      for recurrence in layer.recurrences {
        multiplications += source * perToken(recurrence.layer.inputs, recurrence.layer)
      }
    }
    let target = Double(batch.targetIDs.count)
    for layer in decoder.layers { multiplications += target * perToken(layer.inputs, layer) }
    let width = Double(encoder.width)
    multiplications += target * Double(targetVocabulary * decoder.output.linear.inputs)
    if let attentional = decoder.attentional {
      multiplications += target * Double((decoder.hidden + encoder.width) * attentional.size)
    }
    if let deep = decoder.deepOutput {
      multiplications += target * Double(deep.inputs * deep.size)
    }
    if let keys = decoder.attention.scorer.keyProjection {
      multiplications += source * Double(keys.count)
    }
    if let queries = decoder.attention.scorer.queryProjection {
      multiplications += target * Double(queries.count)
    }
    for sentence in 0..<batch.count {
      let cells = Double(batch.source(at: sentence).count * batch.target(at: sentence).count)
      let scored = decoder.attention.scorer.keyProjection?.rows ?? 0
      let covered = decoder.attention.coverage == nil ? 0 : scored
      multiplications += cells * (width + Double(scored + covered))
    }
    return 6 * multiplications
  }

  private func perToken(_ inputs: Int, _ layer: RecurrentLayer) -> Double {
    Double(layer.gates * layer.hidden * (inputs + layer.hidden))
  }
}
