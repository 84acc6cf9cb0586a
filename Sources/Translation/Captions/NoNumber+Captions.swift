extension NoNumber {
  /// Refuses captions of which one is broken; the error names its example.
  ///
  /// - Throws: ``NoNumber``.
  package static func refuse(
    _ found: [TracedTranslation], of examples: [CaptionExample]
  ) throws(NoNumber) {
    for (example, found) in zip(examples, found)
    where found.translations.contains(where: \.isBroken) {
      throw NoNumber(of: example.name)
    }
  }
}
