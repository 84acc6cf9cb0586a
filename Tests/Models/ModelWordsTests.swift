import DragomanTestSupport
import DragomanModels
import DragomanTranslation
import Testing

@testable import DragomanModels

@Suite struct `An architecture in words` {
  @Test func `tells what attention and decoder hand on from step to step`() {
    var model = ModelConfiguration()
    #expect(
      model.words
        == "embedding 128; biGRU encoder, 128 units; additive attention of size 128; "
        + "GRU decoder, 256 units, context feeding, starts from the encoder's backward state over a bridge"
    )
    model.recurrentDecoder.feeding = .attentional
    model.attention.coverage = true
    #expect(
      model.words
        == "embedding 128; biGRU encoder, 128 units; additive attention of size 128 with coverage; "
        + "GRU decoder, 256 units, attentional input feeding, starts from the encoder's backward state "
        + "over a bridge")
    model.recurrentDecoder.feeding = .none
    #expect(!model.words.contains("feeding"))
  }
}
