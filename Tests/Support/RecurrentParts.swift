package import DragomanModels

extension ModelConfiguration {
  /// The values of the encoder, which is recurrent in the tests that ask.
  package var recurrentEncoder: RecurrentEncoderConfiguration {
    get {
      guard let own = encoder.recurrent else { preconditionFailure("another encoder") }
      return own
    }
    set { encoder = .recurrent(newValue) }
  }

  /// The values of the decoder, which is recurrent in the tests that ask.
  package var recurrentDecoder: RecurrentDecoderConfiguration {
    get {
      guard let own = decoder.recurrent else { preconditionFailure("another decoder") }
      return own
    }
    set { decoder = .recurrent(newValue) }
  }
}
