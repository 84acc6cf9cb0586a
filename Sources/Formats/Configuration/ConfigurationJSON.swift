extension JSON {
  /// An object with these members, in this order.
  static func keyed(_ members: [(String, JSON)]) -> JSON {
    .object(members.map { JSON.Member(name: $0.0, value: $0.1) })
  }

  /// An object with these members that stands at `position` in a file.
  static func keyed(_ members: [JSON.Member], at position: JSONPosition) -> JSON {
    JSON(.object(members), at: position)
  }
}

extension JSON.Member {
  /// A member whose name stands at `namePosition` in a file.
  init(_ name: String, at namePosition: JSONPosition, _ value: JSON) {
    self.init(name: name, namePosition: namePosition, value: value)
  }
}
