/// Values for some keys of a configuration, set by the properties that hold them.
///
///     var settings = ConfigurationSettings<Kitchen>()
///     settings.set(\.oven.heat, to: 180)
///     settings.json  // {"oven": {"heat": 180}}
package struct ConfigurationSettings<Object: Configuration>: Sendable {
  /// The configuration with these values, and defaults elsewhere.
  package private(set) var value = Object()
  /// The keys that are set, in the order in which they were.
  package private(set) var json: JSON = [:]

  /// No values.
  package init() {}

  /// Sets a key; one that was set keeps its place.
  ///
  /// The property must be one that a key is kept at, in the configuration or in an object in it.
  package mutating func set<Value>(_ path: WritableKeyPath<Object, Value>, to newValue: Value) {
    value[keyPath: path] = newValue
    guard let (keys, written) = value.written(at: path) else {
      preconditionFailure("no key of \(Object.self) is kept at \(path)")
    }
    json = json.setting(keys[...], to: written)
  }

  /// Sets a key of one of several objects, and with it the kind.
  ///
  /// - Parameters:
  ///   - union: the property that holds one of several objects.
  ///   - path: the property of such an object; what was set in one of another kind is dropped.
  ///   - newValue: the value.
  package mutating func set<Union: ConfigurationUnion, Part: Configuration, Value>(
    _ union: WritableKeyPath<Object, Union>, _ path: WritableKeyPath<Part, Value>,
    to newValue: Value
  ) {
    var (part, embed) = value[keyPath: union].part(of: Part.self)
    part[keyPath: path] = newValue
    let isChanged = embed(part).kind != value[keyPath: union].kind
    value[keyPath: union] = embed(part)
    guard let keys = value.written(at: union)?.keys, let own = part.written(at: path) else {
      preconditionFailure("no key of \(Object.self) is kept at \(union), \(path)")
    }
    if isChanged {
      let kind = value[keyPath: union].kind
      json = json.setting(keys[...], to: [ConfigurationTag.key: .string(kind.rawValue)])
    }
    json = json.setting((keys + own.keys)[...], to: own.value)
  }

  /// Leaves a key unset.
  package mutating func remove<Value>(_ path: WritableKeyPath<Object, Value>) {
    guard let keys = value.written(at: path)?.keys else {
      preconditionFailure("no key of \(Object.self) is kept at \(path)")
    }
    value[keyPath: path] = Object()[keyPath: path]
    json = json.removing(keys[...])
  }
}

extension Configuration {
  /// The keys that lead to a property of this object or of one in it, and its value as a file has it.
  fileprivate func written(
    at target: AnyKeyPath, behind prefix: AnyKeyPath? = nil
  ) -> (keys: [String], value: JSON)? {
    for field in Self.fields {
      let path = prefix.map { $0.appending(path: field.path) } ?? field.path
      if path == target { return ([field.key], field.write(self)) }
      if let nested = self[keyPath: field.path] as? any Configuration,
        let found = nested.written(at: target, behind: path)
      {
        return ([field.key] + found.keys, found.value)
      }
    }
    return nil
  }
}

extension ConfigurationUnion {
  /// The object of a type that this value holds, or the default one, and the case that holds such objects.
  fileprivate func part<Part: Configuration>(
    of type: Part.Type
  ) -> (part: Part, embed: (Part) -> Self) {
    for kind in Kind.allCases {
      let alternative = Self.alternative(kind)
      guard let embed = alternative.embed as? @Sendable (Part) -> Self else { continue }
      return (alternative.object(self) as? Part ?? Part(), embed)
    }
    preconditionFailure("no kind of \(Self.self) is a \(Part.self)")
  }
}
