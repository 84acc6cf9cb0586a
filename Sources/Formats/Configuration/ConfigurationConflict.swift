/// Values that are right one by one but do not go together.
///
/// Its text names every key with its value, says why they do not fit, and lists the ways out:
/// `model.decoder.hidden is 100 and model.encoder.hidden is 64: WHY; WAY, or WAY`.
package struct ConfigurationConflict: Sendable, Equatable {
  /// The keys, as paths from the object that reports them; the first one that the file states is where
  /// the error points.
  package let keys: [String]
  /// Why their values do not fit.
  package let reason: String
  /// What can be done, each a command such as `set decoder.hidden to 128`.
  package let remedies: [String]

  /// A conflict between `keys`.
  package init(_ keys: [String], because reason: String, remedies: [String]) {
    self.keys = keys
    self.reason = reason
    self.remedies = remedies
  }
}
