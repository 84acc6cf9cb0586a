/// One key given on the command line: `--set model.dropout=0.3`.
package struct ConfigurationOverride: Sendable {
  /// The argument as errors name it, `--set model.dropout=0.3`.
  package let argument: String

  /// The value, as JSON.
  package let value: JSON

  let keys: [String]

  /// Reads `KEY=VALUE`, or gives `nil` if there is no `=` or no key.
  ///
  /// VALUE is JSON or, if it is not, a bare text.
  package init?(_ text: String, option: String = "--set") {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    keys = JSON.keys(of: String(text[..<equals]))
    guard !keys.contains("") else { return nil }
    argument = "\(option) \(text)"
    let written = String(text[text.index(after: equals)...])
    value = (try? JSON.parse(Array(written.utf8), file: argument)) ?? .string(written)
  }

  private init(argument: String, value: JSON, keys: [String]) {
    (self.argument, self.value, self.keys) = (argument, value, keys)
  }

  /// The same with the present names of the keys on its path.
  func renamed(by outline: ConfigurationOutline) -> Self {
    Self(argument: argument, value: value, keys: outline.renamed(keys[...]))
  }

  /// The path of the key.
  package var path: String { keys.joined(separator: ".") }
}

extension ConfigurationReader {
  /// Puts the overriding values in their places and remembers where they came from.
  ///
  /// All keys get their present names, so that an override finds its place under either.
  mutating func apply(
    _ overrides: [ConfigurationOverride], to json: JSON, by outline: ConfigurationOutline
  ) -> JSON {
    overrides.reduce(outline.renamed(json)) { json, override in
      outline.renamed(apply(override.renamed(by: outline), depth: 0, to: json))
    }
  }

  private mutating func apply(
    _ override: ConfigurationOverride, depth: Int, to json: JSON
  ) -> JSON {
    guard depth < override.keys.count else {
      replaced(override.path, by: override.argument)
      return override.value
    }
    let path = override.keys[..<depth].joined(separator: ".")
    guard var members = json.members else {
      report(.notAnObject(found: Words.value(json)), at: path, of: override.argument)
      return json
    }
    let key = override.keys[depth]
    if let index = members.firstIndex(where: { $0.isNamed(key) }) {
      let value = apply(override, depth: depth + 1, to: members[index].value)
      members[index] = JSON.Member(
        name: key, namePosition: members[index].namePosition, value: value)
    } else {
      // Whatever is wrong with an object that only overrides mention is theirs.
      replaced(path.isEmpty ? key : "\(path).\(key)", by: override.argument)
      let empty = JSON(.object([]), at: json.position)
      let value = apply(override, depth: depth + 1, to: empty)
      members.append(JSON.Member(name: key, namePosition: json.position, value: value))
    }
    return JSON(.object(members), at: json.position)
  }
}
