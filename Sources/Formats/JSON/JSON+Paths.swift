extension JSON {
  /// The keys of a path: `training.optimizer.kind` has three.
  package static func keys(of path: String) -> [String] {
    path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  /// The value at a path of keys, `training.optimizer.kind`; `nil` if an object on the way does not have it.
  package func value(at path: String) -> JSON? { value(at: Self.keys(of: path)[...]) }

  /// The value that these keys lead to, one inside the other.
  func value(at keys: ArraySlice<String>) -> JSON? {
    keys.reduce(self as JSON?) { $0?[$1] }
  }

  /// The same object without the key at `path`, which may lie in objects within.
  package func removing(_ path: String) -> JSON { removing(Self.keys(of: path)[...]) }

  /// The same object with a value at `path`, which may lie in objects within.
  package func setting(_ path: String, to value: JSON) -> JSON {
    setting(Self.keys(of: path)[...], to: value)
  }

  /// The same object with a value where these keys lead, one inside the other.
  func setting(_ keys: ArraySlice<String>, to value: JSON) -> JSON {
    guard let key = keys.first else { return value }
    let (own, rest) = (members ?? [], keys.dropFirst())
    let new = Member(name: key, value: (self[key] ?? [:]).setting(rest, to: value))
    guard let index = own.firstIndex(where: { $0.isNamed(key) }) else {
      return JSON(.object(own + [new]), at: position)
    }
    return JSON(.object(own[..<index] + [new] + own[(index + 1)...]), at: position)
  }

  /// The same object without what these keys lead to, one inside the other.
  func removing(_ keys: ArraySlice<String>) -> JSON {
    guard let key = keys.first, let members else { return self }
    let rest = keys.dropFirst()
    let left = members.compactMap { member in
      guard member.isNamed(key) else { return member as Member? }
      return rest.isEmpty
        ? nil
        : Member(
          name: member.name, namePosition: member.namePosition, value: member.value.removing(rest))
    }
    return JSON(.object(left), at: position)
  }
}
