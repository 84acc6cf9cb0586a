extension Configuration {
  /// The paths of the keys whose values differ, in the order of the fields.
  ///
  /// A key inside an object is named by its whole path: `training.optimizer.kind`.
  package func differences(from other: Self) -> [String] {
    json.differences(from: other.json, path: "")
  }
}

extension JSON {
  /// The paths of the members whose values differ, down to what is no object, in the order of this value.
  package func differences(from other: JSON) -> [String] { differences(from: other, path: "") }

  fileprivate func differences(from other: JSON, path: String) -> [String] {
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
}
