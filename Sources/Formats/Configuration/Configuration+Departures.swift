extension Configuration {
  /// The paths of the keys that would have another value if nobody had stated them, in the order of the fields.
  ///
  /// Defaults may follow from other keys, such as those of a kind of object; what has such a default is not a
  /// departure, although it differs from ``init()``. A key that has to be stated is one.
  ///
  /// - Complexity: one reading of the configuration for each key.
  package var departures: [String] {
    let stated = json
    return stated.leaves.filter { path in
      // What does not count is not written, and so is not compared.
      guard let other = try? Self.read(stated.removing(path), file: "") else { return true }
      return !other.differences(from: self).isEmpty
    }
  }
}

extension JSON {
  /// The paths of all members that are not objects, in their order.
  fileprivate var leaves: [String] {
    (members ?? []).flatMap { member -> [String] in
      guard member.value.members?.isEmpty == false else { return [member.name] }
      return member.value.leaves.map { "\(member.name).\($0)" }
    }
  }
}
