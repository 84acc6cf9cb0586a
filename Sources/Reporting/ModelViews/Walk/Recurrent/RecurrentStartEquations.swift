import DragomanLayers
import DragomanModels

/// The equations of a recurrent decoder's first state, in the spelling of ``Equation``.
struct RecurrentStartEquations {
  private let decoder: RecurrentDecoderConfiguration
  private let encoder: EncoderConfiguration

  /// Those of a decoder in its model.
  init(_ decoder: RecurrentDecoderConfiguration, in model: ModelConfiguration) {
    self.decoder = decoder
    encoder = model.encoder
  }

  /// How s₀ of a layer comes about.
  var hidden: String { equation("s_0", startsCell ? nil : source("h")) }

  /// How m₀ of a layer comes about.
  var cell: String {
    equation("m_0", startsCell ? source("h") : hasCellSource ? source("m") : nil)
  }

  /// The state of the encoder, in words.
  var words: String {
    switch decoder.initialState {
    case .backward: "the encoder's backward state at the first word"
    case .top: "the final state of the encoder's top layer"
    case .layerwise: "the final state of the encoder's layer of the same number"
    case .mean: "the mean h̄ of all the states that attention looks at"
    case .zero: "nothing: it starts at zero"
    }
  }

  /// Whether a bridge stands in between.
  var hasBridge: Bool {
    switch decoder.initialState {
    case .zero: false
    case .backward, .top, .layerwise, .mean: decoder.bridge
    }
  }

  /// Whether the decoder has an m that the encoder has not.
  var lacksCell: Bool {
    decoder.cell.hasCell && !startsCell && !encoderHasCell
  }

  /// The gradient of a bridge's weight or bias.
  func gradient(of name: String, isCell: Bool) -> String? {
    let (state, letter) = isCell ? ("m_0", startsCell ? "h" : "m") : ("s_0", "h")
    switch name {
    case "weight": return "∂W = (∂\(state) ⊙ (1 − \(state)^2))^⊤ \(source(letter) ?? letter)"
    case "bias": return "∂b = ∂\(state) ⊙ (1 − \(state)^2)"
    default: return nil
    }
  }

  private func equation(_ state: String, _ source: String?) -> String {
    guard let source else { return "\(state) = 0" }
    return decoder.bridge ? "\(state) = tanh(W \(source) + b)" : "\(state) = \(source)"
  }

  /// What a state is made of, if it is of anything.
  private func source(_ letter: String) -> String? {
    switch decoder.initialState {
    case .zero: nil
    case .backward: "←\(letter)_1"
    case .mean: "h̄"
    case .top, .layerwise: isBidirectional ? "[→\(letter)_S ; ←\(letter)_1]" : "→\(letter)_S"
    }
  }

  /// Whether there is something to make m₀ of.
  private var hasCellSource: Bool {
    switch decoder.initialState {
    case .zero: false
    case .mean: decoder.bridge
    case .backward, .top, .layerwise: encoderHasCell
    }
  }

  /// Whether m starts where h of other cells does.
  private var startsCell: Bool { !decoder.cell.hasRecurrentProduct }

  private var encoderHasCell: Bool {
    switch encoder {
    case .recurrent(let encoder): encoder.cell.hasCell
    case .transformer, .vision, .convolutional, .features: false
    }
  }

  private var isBidirectional: Bool {
    switch encoder {
    case .recurrent(let encoder): encoder.bidirectional
    case .transformer, .vision, .convolutional, .features: false
    }
  }
}
