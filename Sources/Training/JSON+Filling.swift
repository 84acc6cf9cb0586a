import DragomanFormats

extension JSON {
  /// An object with the members of another one that it does not have, objects within objects likewise.
  func filled(from other: JSON) -> JSON {
    guard let own = members, let others = other.members else { return self }
    let stated = own.map { member in
      JSON.Member(
        name: member.name, namePosition: member.namePosition,
        value: other[member.name].map(member.value.filled) ?? member.value)
    }
    return JSON(.object(stated + others.filter { self[$0.name] == nil }), at: position)
  }

  /// The same value as advice.
  var advised: JSON {
    guard let members else { return self }
    return JSON(
      .object(
        members.map {
          Member(name: $0.name, namePosition: .advice, value: $0.value.advised)
        }), at: position)
  }

  /// The values that an object states and another one has differently, by their paths; what only one of
  /// them has is no difference.
  func differences(
    from other: JSON, path: String
  ) -> [(key: String, stated: String, settled: String)] {
    guard let own = members, other.members != nil else {
      let (stated, settled) = (serialized(), other.serialized())
      return stated == settled ? [] : [(path, stated, settled)]
    }
    return own.flatMap { member in
      other[member.name].map {
        member.value.differences(
          from: $0, path: path.isEmpty ? member.name : "\(path).\(member.name)")
      } ?? []
    }
  }
}
