import DragomanFormats

/// What the decoder reads of the step before, beside its own states and the token: `model.decoder.feeding` of a
/// configuration.
package enum InputFeeding: String, CaseIterable, Sendable {
  /// Nothing.
  case none
  /// The context c_{t−1} (Bahdanau et al. 2015).
  case context
  /// The attentional state h̃_{t−1} = tanh(W [s ; c] + b), which the output layer then reads as well (Luong et al.
  /// 2015, section 3.3).
  case attentional
}

extension ConfigurationType where Value == InputFeeding {
  /// A choice; `true` stands for the context and `false` for nothing.
  static var feeding: Self {
    let flag = ConfigurationType<Bool>.boolean
    let choice = Self.choice
    let shape = ConfigurationShape.either([choice.shape, flag.shape])
    return Self(shape, write: choice.write) { json, reader, value in
      if let found = json.bool {
        value = found ? .context : .none
      } else if json.string != nil {
        choice.read(json, &reader, &value)
      } else {
        reader.report(json, isNot: shape.words)
      }
    }
  }
}
