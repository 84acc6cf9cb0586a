extension JSON {
  /// The paths of the members whose values differ, down to what is not an object, in the order of this value.
  package func differences(from other: JSON) -> [String] { differences(from: other, path: "") }

  private func differences(from other: JSON, path: String) -> [String] {
    guard let own = members, let others = other.members else {
      return serialized(pretty: false) == other.serialized(pretty: false) ? [] : [path]
    }
    // A key that one side does not have counts only there, so what it belongs to differs as well.
    let names = own.map(\.name) + others.map(\.name).filter { self[$0] == nil }
    return names.flatMap { name -> [String] in
      let path = path.isEmpty ? name : "\(path).\(name)"
      guard let value = self[name], let otherValue = other[name] else { return [path] }
      return value.differences(from: otherValue, path: path)
    }
  }

  /// The values that an object states and another one has differently, by their paths.
  ///
  /// What only one of them has is not a contradiction.
  package func contradictions(
    to other: JSON, path: String = ""
  ) -> [(key: String, stated: String, settled: String)] {
    guard let own = members, other.members != nil else {
      let (stated, settled) = (serialized(), other.serialized())
      return stated == settled ? [] : [(path, stated, settled)]
    }
    return own.flatMap { member in
      other[member.name].map {
        member.value.contradictions(
          to: $0, path: path.isEmpty ? member.name : "\(path).\(member.name)")
      } ?? []
    }
  }
}
