import DragomanEvaluation
import DragomanFormats
import DragomanTraining
import Testing

@testable import DragomanReporting

@Suite struct `The text of a validation` {
  private func report(
    _ metrics: [ValidationMetric], improved: [ValidationMetric],
    samples: [ValidationReport.Sample] = []
  ) -> ValidationReport {
    let scores = metrics.contains(.bleu) ? [ValidationMetric.bleu: 28.104, .chrf: 50] : [:]
    return ValidationReport(
      validation: .init(update: 1500, epoch: 3, loss: 1.25, scores: scores), metrics: metrics,
      improved: improved, samples: samples)
  }

  @Test func `has the loss, and the best`() {
    #expect(
      ValidationText.lines(report([.loss], improved: [.loss])) == [
        "validation after update 1,500: loss 1.2500, perplexity 3.490, the best so far"
      ])
    #expect(
      ValidationText.lines(report([.loss], improved: [])) == [
        "validation after update 1,500: loss 1.2500, perplexity 3.490"
      ])
  }

  @Test func `has intervals`() {
    var validation = TrainingRecord.Validation(
      update: 2, epoch: 1, loss: 1.25, scores: [.bleu: 28.104])
    validation.intervals[.bleu] = BootstrapInterval(lower: 26.02, upper: 30.313)
    #expect(
      ValidationText.figures(validation)
        == "loss 1.2500, perplexity 3.490, BLEU 28.10 (26.02–30.31)")
    #expect(TrainingRecord.Validation(.object(validation.members)) == validation)
    #expect(
      JSON.object(validation.members)["intervals"]?.serialized() == #"{"bleu":[26.02,30.313]}"#)
  }

  @Test func `says what is the best of several metrics, and shows translations`() {
    let sample = ValidationReport.Sample(
      source: "good morning", reference: "bonjour", translation: "bon matin")
    #expect(
      ValidationText.lines(
        report([.bleu, .loss, .chrf], improved: [.bleu, .chrf], samples: [sample])) == [
          "validation after update 1,500: loss 1.2500, perplexity 3.490, BLEU 28.10, chrF 50.00, the "
            + "best BLEU and chrF so far",
          "  source       good morning", "  reference    bonjour", "  translation  bon matin",
        ])
  }
}
