/// A key of a configuration by its path, and the words that it takes, so that a shell can complete both.
package struct ConfigurationKey: Sendable, Equatable {
  /// The path, `model.attention.score`.
  package let path: String
  /// The values that are words: those of a choice, `true` and `false`, `null`; none where values are free.
  package var words: [String]
}

extension Configuration {
  /// All keys that take a value, in the order of the fields.
  package static var keys: [ConfigurationKey] { ConfigurationOutline(Self.self).keys(path: "") }
}

extension ConfigurationOutline {
  fileprivate func keys(path: String) -> [ConfigurationKey] {
    fields.flatMap { field -> [ConfigurationKey] in
      let name = path.isEmpty ? field.key : "\(path).\(field.key)"
      let own =
        field.shape.isObject ? [] : [ConfigurationKey(path: name, words: field.shape.options)]
      return own + field.shape.keys(path: name)
    }
  }
}

extension ConfigurationShape {
  /// Words that the value may be.
  fileprivate var options: [String] {
    switch self {
    case .boolean: ["true", "false"]
    case .choice(let words): words
    case .nullable(let shape, _): shape.options + ["null"]
    case .either(let shapes): shapes.flatMap(\.options)
    case .integer, .number, .text, .list, .mapping, .object, .union: []
    }
  }

  fileprivate func keys(path: String) -> [ConfigurationKey] {
    switch self {
    case .object(let outline): return outline.keys(path: path)
    case .union(let union):
      let tag = ConfigurationKey(path: "\(path).\(ConfigurationTag.key)", words: union.names)
      var keys = [tag]
      for key in union.kinds.flatMap({ $0.outline.keys(path: path) }) {
        // Objects of several kinds may have a key in common.
        guard let index = keys.firstIndex(where: { $0.path == key.path }) else {
          keys.append(key)
          continue
        }
        keys[index].words += key.words.filter { !keys[index].words.contains($0) }
      }
      return keys
    case .either(let shapes):
      return shapes.lazy.map { $0.keys(path: path) }.first { !$0.isEmpty } ?? []
    case .nullable(let shape, _): return shape.keys(path: path)
    case .boolean, .integer, .number, .text, .choice, .list, .mapping: return []
    }
  }
}
