extension JSON {
  /// An object with the members of another one that it does not have, objects within objects likewise.
  package func filled(from other: JSON) -> JSON {
    guard let own = members, let others = other.members else { return self }
    let stated = own.map { member in
      JSON.Member(
        name: member.name, namePosition: member.namePosition,
        value: other[member.name].map(member.value.filled) ?? member.value)
    }
    return JSON(.object(stated + others.filter { self[$0.name] == nil }), at: position)
  }

  /// The same value as advice.
  var asAdvice: JSON {
    guard let members else { return self }
    return JSON(
      .object(
        members.map {
          Member(name: $0.name, namePosition: .advice, value: $0.value.asAdvice)
        }), at: position)
  }

  /// Whether the value of `key` in this object is advice.
  func isAdvice(_ key: String) -> Bool {
    members?.contains { $0.namePosition == .advice && $0.isNamed(key) } ?? false
  }
}
