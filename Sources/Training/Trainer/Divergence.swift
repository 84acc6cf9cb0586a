import DragomanFormats

/// A number of a training that is not finite any more, with what can be said about it.
package struct Divergence: Sendable, Equatable {
  /// The update that was to be made, or before which the state was to be saved.
  package var update: Int
  /// The mean loss of the batch or of the validation.
  package var loss: Double
  /// Length of the gradient.
  package var gradientNorm: Double
  /// Where the examples of the batch stand, `file:line`.
  package var places: [String] = []
  /// Tensors that hold numbers that are not finite.
  package var tensors: [String] = []
  /// Whether it was found in a validation.
  package var isValidation = false
  /// What was tried before giving up; empty if nothing was to be.
  package var attempts = ""
  /// The model of the best validation that was below the fence, if there is one, with its loss.
  package var lastGood: Good?

  /// A model that is worth going back to.
  package struct Good: Sendable, Equatable {
    /// Its file.
    package let path: String
    /// The update it was made after.
    package let update: Int
    /// Its validation loss.
    package let loss: Double

    /// A model and its validation.
    package init(path: String, update: Int, loss: Double) {
      (self.path, self.update, self.loss) = (path, update, loss)
    }
  }

  /// What is not finite.
  package init(update: Int, loss: Double, gradientNorm: Double) {
    (self.update, self.loss, self.gradientNorm) = (update, loss, gradientNorm)
  }
}

extension Divergence: CustomStringConvertible {
  /// What is wrong and where; what to do is said by ``TrainingError``.
  package var description: String {
    var text = "update \(NumberText.grouped(update)): the "
    text +=
      isValidation
      ? "loss of the validation is \(loss)"
      : "loss is \(loss) and the gradient's length \(gradientNorm)"
    if !tensors.isEmpty { text += "; not finite: \(Words.list(tensors, limit: 3))" }
    if !places.isEmpty { text += "; the batch holds \(Words.list(places, limit: 8))" }
    return text
  }
}
