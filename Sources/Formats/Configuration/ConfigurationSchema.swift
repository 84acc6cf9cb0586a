extension Configuration {
  /// A JSON Schema (draft 7, which editors read) for files of this configuration.
  ///
  /// It is as strict as the reader, except for what depends on several keys.
  package static func schema(title: String) -> JSON {
    var members: [(String, JSON)] = [
      ("$schema", .string("http://json-schema.org/draft-07/schema#")),
      ("title", .string(title)),
    ]
    for (name, value) in ConfigurationOutline(Self.self).schema() {
      guard name == "properties", let properties = value.members else {
        members.append((name, value))
        continue
      }
      let own = ("$schema", JSON.keyed([("type", .string("string"))]))
      members.append((name, .keyed([own] + properties.map { ($0.name, $0.value) })))
    }
    return .keyed(members)
  }
}

extension ConfigurationOutline {
  /// The keywords for this object; `kind` states which of several it is.
  fileprivate func schema(kind: (name: String, isDefault: Bool)? = nil) -> [(String, JSON)] {
    let needed = fields.filter { $0.required && $0.formerKey == nil }.map(\.key)
    let required = (kind.map { $0.isDefault } ?? true ? [] : [ConfigurationTag.key]) + needed
    let tag = kind.map { (ConfigurationTag.key, JSON.keyed([("const", .string($0.name))])) }
    return [
      ("description", .string(about)),
      ("type", .string("object")),
      ("additionalProperties", .bool(false)),
    ] + (required.isEmpty ? [] : [("required", .array(required.map { .string($0) }))]) + [
      ("properties", .keyed((tag.map { [$0] } ?? []) + fields.flatMap(\.properties)))
    ]
  }
}

extension ConfigurationUnionOutline {
  /// Without `kind` only the default object fits, since the others require it.
  fileprivate var schema: [(String, JSON)] {
    let objects = kinds.map { kind in
      JSON.keyed(
        [("title", .string(kind.name))]
          + kind.outline.schema(kind: (kind.name, isDefault: kind.name == defaultKind)))
    }
    return [
      ("description", .string(about)), ("type", .string("object")), ("oneOf", .array(objects)),
    ]
  }
}

extension ConfigurationOutline.Field {
  /// The key and, if it has one, its earlier name.
  fileprivate var properties: [(String, JSON)] {
    let words = defaultWords.map { " Default: \($0)." } ?? ""
    let rules = shape.schema.filter { $0.0 != "description" }
    var members = [("description", JSON.string(help + words))] + rules
    // An object's default is the defaults of its keys.
    if let defaultValue, defaultValue.members == nil { members.append(("default", defaultValue)) }
    guard let formerKey else { return [(key, .keyed(members))] }
    let former: [(String, JSON)] = [
      ("description", .string("The earlier name of `\(key)`.")), ("deprecated", .bool(true)),
    ]
    return [(key, .keyed(members)), (formerKey, .keyed(former + rules))]
  }
}

extension ConfigurationShape {
  /// The keywords of JSON Schema for this shape.
  fileprivate var schema: [(String, JSON)] {
    switch self {
    case .boolean: [("type", .string("boolean"))]
    case .integer(let minimum, let maximum):
      [("type", .string("integer")), ("minimum", .int(minimum)), ("maximum", .int(maximum))]
    case .number(let from, let above, let below):
      [("type", .string("number"))]
        + [("minimum", from), ("exclusiveMinimum", above), ("exclusiveMaximum", below)]
        .compactMap { name, bound in bound.map { (name, .double($0)) } }
    case .text(let words): [("type", .string("string")), ("description", .string(words))]
    case .choice(let options): [("enum", .array(options.map { .string($0) }))]
    case .list(let element, let minimum):
      [("type", .string("array")), ("items", .keyed(element.schema))]
        + (minimum > 0 ? [("minItems", .int(minimum))] : [])
    case .nullable(let shape, _):
      [("anyOf", .array([.keyed(shape.schema), .keyed([("type", .string("null"))])]))]
    case .either(let shapes): [("anyOf", .array(shapes.map { .keyed($0.schema) }))]
    case .object(let outline): outline.schema()
    case .union(let union): union.schema
    }
  }
}
