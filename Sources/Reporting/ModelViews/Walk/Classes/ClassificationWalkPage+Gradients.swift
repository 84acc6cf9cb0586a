import DragomanFormats
import DragomanPages
import DragomanTranslation

/// The backward pass.
extension ClassificationWalkPage {
  /// Where the gradient of the loss arrives.
  func gradients(_ gradients: ClassificationWalkGradients) -> HTML {
    station(
      "gradients", "Gradients",
      note: "∂x is ∂L/∂x. "
        + (walk.isForced
          ? "The loss is that of the class that was given."
          : "No class was given: the loss is that of the most probable one.")
        + " Statistics of batch normalisation stand still, as always when no batch is learnt from.",
      logits(gradients) + matters(gradients) + parameters(gradients))
  }

  private func logits(_ gradients: ClassificationWalkGradients) -> [HTML] {
    var shown = Array(walk.ranking.prefix(10))
    if !shown.contains(walk.target) { shown.append(walk.target) }
    let rows = shown.map { label -> [HTML] in
      [
        .foreign(walk.labels[label]), ExactNumber.html(gradients.logits[label]),
        ExactNumber.bar(Double(gradients.logits[label]), from: -1, to: 1),
      ]
    }
    return [
      equation([ClassificationEquations.logitGradient, ClassificationEquations.pooledGradient]),
      .table(head: ["class", Equation("∂ℓ").html, ""], rows: rows, numeric: [1]),
      HTML(
        .div, [.class("vectors")],
        vector(
          "∂u", ClassificationEquations.pooledGradient, gradients.pooled, .of([gradients.pooled]))
      ),
    ]
      + (gradients.weights.map { weights, scores in
        [
          equation([ClassificationEquations.weightGradient, ClassificationEquations.scoreGradient]),
          HTML(
            .div, [.class("vectors")],
            vector("∂α", "∂α", weights, .of([weights])), vector("∂e", "∂e", scores, .of([scores]))),
        ]
      } ?? [])
  }

  /// Which words or which parts of the image the loss hangs on.
  private func matters(_ gradients: ClassificationWalkGradients) -> [HTML] {
    let states = [
      HTML(.h3, "What arrives at the encoder’s vectors"), equation([equations.stateGradient]),
      HTML(
        .details, HTML(.summary, "From pooling"),
        rows(gradients.states, .of(gradients.states), symbol: "∂h")),
    ]
    switch walk.encoder {
    case .sequence(let encoder):
      return self.matters(embeddings: gradients.embeddings, states: gradients.states)
        + states + section(encoder).gradients
    case .vision:
      return [HTML(.h3, "How much each patch matters: the length of its vector’s gradient")]
        + onImage(gradients.lengths, "‖∂x‖", note: "the brighter the more")
        + [
          equation([WalkEquations.embeddingNorm]),
          HTML(
            .details, HTML(.summary, "The gradients of the patches’ vectors themselves"),
            rows(gradients.embeddings, .of(gradients.embeddings), symbol: "∂x")),
        ] + states
    case .convolutional:
      return [
        HTML(.h3, "How much each place matters: the length of the gradient that arrives there")
      ]
        + onImage(gradients.lengths, "‖∂h‖", note: "the brighter the more")
        + [equation([ClassificationEquations.stateNorm])] + states
    }
  }

  private func parameters(_ gradients: ClassificationWalkGradients) -> [HTML] {
    WalkPage.parameters(gradients.parameters, norm: gradients.norm) {
      equations.gradient(of: $0)
    }
  }
}

extension ClassificationWalkGradients {
  /// How much each part of an image matters: the length of the gradient that arrives at its vector.
  var lengths: [Float] {
    (embeddings.isEmpty ? states : embeddings).map { Float(WalkPage.norm($0)) }
  }
}
