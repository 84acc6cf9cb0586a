/// What normalisation asks of a scalar before anything else.
struct ScalarProperties: Sendable {
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8

    /// Is never in a composed text.
    static let decomposed = Flags(rawValue: 1)
    /// May join what stands before it.
    static let composing = Flags(rawValue: 2)
    /// Is a plainer text in another look.
    static let compatible = Flags(rawValue: 4)
    /// Is dropped.
    static let invisible = Flags(rawValue: 8)
  }

  /// The canonical combining class: 0 of letters, others of marks, which stand in the order of their classes.
  var combiningClass: UInt8 = 0
  var flags: Flags = []

  /// Whether a text with this scalar is perhaps not in a form, whatever stands around it.
  func isIrregular(in form: UnicodeForm) -> Bool {
    switch form {
    case .none: false
    case .nfc: !flags.isDisjoint(with: [.decomposed, .composing, .invisible])
    case .nfkc: !flags.isEmpty
    }
  }
}
