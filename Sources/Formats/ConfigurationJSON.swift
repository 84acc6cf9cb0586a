extension JSON {
  /// An object with these members, in this order.
  static func keyed(_ members: [(String, JSON)]) -> JSON {
    .object(members.map { JSON.Member(name: $0.0, value: $0.1) })
  }

  /// Whether it is `null`.
  var isNull: Bool { if case .null = kind { true } else { false } }
}
