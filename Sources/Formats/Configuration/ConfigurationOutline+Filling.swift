extension Configuration {
  /// An object in a file with the members of another one that it does not have, objects within objects likewise.
  ///
  /// Keys get their present names, so that none comes twice. Where a value is one of several objects and the two are of
  /// different kinds, nothing of the other one is taken.
  package static func filled(_ stated: JSON, from other: JSON) -> JSON {
    let outline = ConfigurationOutline(Self.self)
    let stated = outline.renamed(stated)
    return stated.filled(from: outline.fitting(other, to: stated))
  }

  /// An object in a file with the present names of its keys in the place of earlier ones.
  package static func renamed(_ json: JSON) -> JSON {
    ConfigurationOutline(Self.self).renamed(json)
  }
}

// MARK: - Names

extension ConfigurationOutline {
  /// The object with the present names of its keys; a key whose present name is there as well keeps the earlier one.
  func renamed(_ json: JSON) -> JSON {
    guard let members = json.members else { return json }
    return JSON(
      .object(
        members.map { member in
          guard let field = field(named: member.name) else { return member }
          let isNested = member.value.members != nil || member.value.array != nil
          return JSON.Member(
            name: json[field.key] == nil ? field.key : member.name,
            namePosition: member.namePosition,
            value: isNested ? field.shape.renamed(member.value) : member.value)
        }), at: json.position)
  }

  /// The path of a key by its present names.
  func renamed(_ path: ArraySlice<String>) -> [String] {
    guard let name = path.first, let field = field(named: name) else { return Array(path) }
    return [field.key] + field.shape.renamed(path.dropFirst())
  }
}

extension ConfigurationUnionOutline {
  /// The same for the kind that is named, and that of any kind otherwise.
  fileprivate func renamed(_ path: ArraySlice<String>) -> [String] {
    guard let name = path.first else { return [] }
    let known = kinds.first { $0.outline.fields.contains { ExactText.areEqual($0.key, name) } }
    let owner = known ?? kinds.first { $0.outline.field(named: name) != nil }
    return owner?.outline.renamed(path) ?? Array(path)
  }
}

extension ConfigurationShape {
  fileprivate func renamed(_ json: JSON) -> JSON {
    switch self {
    case .object(let outline): outline.renamed(json)
    case .union(let union): union.outline(of: json)?.renamed(json) ?? json
    case .nullable(let shape, _): shape.renamed(json)
    case .either(let shapes): shapes.reduce(json) { $1.renamed($0) }
    case .list(let shape, _):
      json.array.map { JSON(.array($0.map(shape.renamed)), at: json.position) } ?? json
    default: json
    }
  }

  fileprivate func renamed(_ path: ArraySlice<String>) -> [String] {
    switch self {
    case .object(let outline): outline.renamed(path)
    case .union(let union): union.renamed(path)
    case .nullable(let shape, _): shape.renamed(path)
    case .either(let shapes): shapes.reduce(Array(path)) { $1.renamed($0[...]) }
    default: Array(path)
    }
  }
}

// MARK: - Kinds

extension ConfigurationOutline {
  /// What of `other` can fill gaps in `stated`: all but objects of another kind.
  func fitting(_ other: JSON, to stated: JSON) -> JSON {
    guard let members = other.members, stated.members != nil else { return other }
    return JSON(
      .object(
        members.compactMap { member in
          guard let field = field(named: member.name), let own = stated[field.key] else {
            return member
          }
          return field.shape.fitting(member.value, to: own).map {
            JSON.Member(name: member.name, namePosition: member.namePosition, value: $0)
          }
        }), at: other.position)
  }
}

extension ConfigurationShape {
  fileprivate func fitting(_ other: JSON, to stated: JSON) -> JSON? {
    switch self {
    case .object(let outline): return outline.fitting(other, to: stated)
    case .nullable(let shape, _): return shape.fitting(other, to: stated)
    case .union(let union):
      let kind = union.kind(of: other)
      if let own = stated[ConfigurationTag.key], own.string != kind { return nil }
      return union.outline(of: kind)?.fitting(other, to: stated) ?? other
    default: return other
    }
  }
}
