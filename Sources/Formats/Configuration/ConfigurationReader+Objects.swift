import DragomanSystem

extension ConfigurationReader {
  /// Reads an object into `value`, whose present contents are the defaults; `tag` says which of several it is.
  mutating func readObject<Object: Configuration>(
    _ json: JSON, into value: inout Object, tag: ConfigurationTag? = nil
  ) {
    guard let members = json.members else {
      return report(json, isNot: Self.words(for: Object.fields.map(\.key)))
    }
    let before = problems.count
    reportUnknownKeys(members, of: Object.self, tag)
    for field in Object.fields {
      read(field, of: json, into: &value)
      field.then?(&value)
    }
    settleMeaninglessKeys(members, &value)
    // Sizes that were not understood would only give wrong conflicts.
    if problems.count == before { reportConflicts(in: value, json) }
  }

  /// Reads one of several objects into `value`, whose present kind counts if none is stated.
  ///
  /// Its present contents are the defaults of that kind; those of another kind are its own.
  mutating func readUnion<Union: ConfigurationUnion>(_ json: JSON, into value: inout Union) {
    var kind = value.kind
    guard json.members != nil else {
      return report(
        json, isNot: Self.words(for: [ConfigurationTag.key] + Union.alternative(kind).keys()))
    }
    if let stated = json[ConfigurationTag.key] {
      let before = problems.count
      descend(to: ConfigurationTag.key) { reader in
        reader.note(stated, isAdvice: json.isAdvice(ConfigurationTag.key))
        ConfigurationType.choice.read(stated, &reader, &kind)
      }
      // Which keys there are is not known.
      guard problems.count == before else { return }
    }
    Union.alternative(kind).read(json, ConfigurationTag(kind, of: Union.self), &self, &value)
  }

  private static func words(for keys: [String]) -> String {
    "an object with keys such as "
      + keys.prefix(3).map { "\"\($0)\"" }.joined(separator: ", ")
  }

  /// Remembers where the value at the current path stands.
  private mutating func note(_ stated: JSON, isAdvice: Bool) {
    places[path] = place(stated.position)
    if yieldsAdvice, isAdvice, argument(at: path) == nil { advised.insert(path) }
  }

  private mutating func read<Object: Configuration>(
    _ field: ConfigurationField<Object>, of json: JSON, into value: inout Object
  ) {
    let stated = json[field.key]
    descend(to: field.key) { reader in
      if let stated {
        reader.note(stated, isAdvice: json.isAdvice(field.key))
        field.read(stated, &reader, &value)
      } else if field.isObject {
        // What is missing inside an object that is missing has to be told as well.
        field.read(JSON(.object([]), at: json.position), &reader, &value)
      } else if field.required {
        reader.report(.missing(expected: field.shape.words), at: json.position)
      }
    }
  }

  /// Reports keys that the object does not have, with those that another kind of it has or that have another name.
  private mutating func reportUnknownKeys<Object: Configuration>(
    _ members: [JSON.Member], of object: Object.Type, _ tag: ConfigurationTag?
  ) {
    let known = (tag == nil ? [] : [ConfigurationTag.key]) + Object.fields.map(\.key)
    for member in members where !known.contains(where: { member.isNamed($0) }) {
      // Editors look here for the schema.
      if path.isEmpty, member.isNamed("$schema"), member.value.string != nil { continue }
      if let tag, case let kinds = tag.kinds(having: member.name), !kinds.isEmpty {
        // Kept or not: the object has no place for it.
        _ = settle(
          member,
          Counting(
            other: join(ConfigurationTag.key), otherValue: .string(tag.kind),
            needed: Words.choice(kinds), advice: path))
        continue
      }
      // A present name that is there as well has not been put in the place of this one.
      let present = Object.fields.first { $0.formerKey.map(member.isNamed) ?? false }
      let outer = path
      let cause: ConfigurationProblem.Cause =
        present.map { .twice(key: join($0.key)) }
        ?? .unknownKey(
          key: member.name, nearest: Suggestion.nearest(to: member.name, among: known),
          known: known, kind: tag?.kind)
      descend(to: member.name) { reader in
        reader.problems.append(
          ConfigurationProblem(
            place: reader.place(member.namePosition), path: present == nil ? outer : reader.path,
            cause: cause))
      }
    }
  }

  /// Puts back keys that do not count, or reports them.
  private mutating func settleMeaninglessKeys<Object: Configuration>(
    _ members: [JSON.Member], _ value: inout Object
  ) {
    for field in Object.fields {
      guard let condition = field.condition, !condition.holds(value),
        let stated = members.first(where: { $0.isNamed(field.key) })
      else { continue }
      let other = join(condition.key)
      let isDropped = settle(
        stated,
        Counting(
          other: other, otherValue: value.written(at: condition.key) ?? .null,
          needed: condition.valuesInWords, advice: other))
      if isDropped { field.reset(&value) }
    }
  }

  /// What the meaning of a key hangs on: another key, its value, the values with which the key counts, and the advice
  /// that gives way if the other value was only advised.
  private struct Counting {
    let other: String
    let otherValue: JSON
    let needed: String
    let advice: String
  }

  /// Reports a key that does not count, except where an argument changed the choice that it belonged to, and those that
  /// were only advised.
  ///
  /// - Returns: whether the key is to be taken as not stated.
  private mutating func settle(_ stated: JSON.Member, _ counting: Counting) -> Bool {
    let own = join(stated.name)
    let isChanged = argument(at: counting.other) != nil || stated.namePosition == .advice
    if argument(at: own) == nil, isChanged { return true }
    guard !mayChange(counting.other) else { return false }
    if advised.contains(counting.other) {
      yielding.append(counting.advice)
      return false
    }
    descend(to: stated.name) { reader in
      reader.report(
        .meaningless(
          found: Words.value(stated.value), other: counting.other,
          otherValue: Words.value(counting.otherValue), needed: counting.needed),
        at: stated.namePosition)
    }
    return false
  }

  private mutating func reportConflicts<Object: Configuration>(in value: Object, _ json: JSON) {
    let conflicts = value.conflicts
    guard !conflicts.isEmpty else { return }
    let written = value.json
    for conflict in conflicts {
      let paths = conflict.keys.map(join)
      if paths.contains(where: mayChange) { continue }
      if let advice = paths.first(where: advised.contains) {
        yielding.append(advice)
        continue
      }
      let values = zip(conflict.keys, paths).map { key, path in
        "\(path) is \(written.value(at: key).map(Words.value) ?? "unset")"
          + (places[path] == nil ? " (by default)" : "")
      }
      let place = paths.compactMap { places[$0] }.first ?? self.place(json.position)
      problems.append(
        ConfigurationProblem(
          place: place, path: path,
          cause: .conflict(
            values: Words.list(values), reason: conflict.reason, remedies: conflict.remedies)))
    }
  }
}

extension Configuration {
  /// The value at a path as it would be written, also where it does not count.
  fileprivate func written(at path: String) -> JSON? {
    let keys = JSON.keys(of: path)
    let field = Self.fields.first { $0.key == keys.first }
    return field?.write(self).value(at: keys.dropFirst())
  }
}
