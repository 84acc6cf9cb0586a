extension Configuration {
  /// A JSON Schema (draft 7, which editors read) for files of this configuration.
  ///
  /// It is as strict as the reader, except for what depends on several keys.
  package static func schema(title: String) -> JSON {
    let head: JSON = [
      "$schema": "http://json-schema.org/draft-07/schema#", "title": .string(title),
    ]
    // Files name their schema.
    let own: JSON = ["$schema": ["type": "string"]]
    return head.adding(ConfigurationOutline(Self.self).schema(beside: own))
  }
}

extension ConfigurationOutline {
  /// The keywords for this object, with properties that are none of its fields.
  fileprivate func schema(beside own: JSON = [:], requiring needed: [String] = []) -> JSON {
    // One that may have its earlier name is not required under the present one.
    let required = needed + fields.filter { $0.required && $0.formerKey == nil }.map(\.key)
    return [
      "description": .string(about), "type": "object", "additionalProperties": false,
      "required": required.isEmpty ? nil : .strings(required),
      "properties": own.adding(.object(fields.flatMap(\.properties))),
    ]
  }
}

extension ConfigurationUnionOutline {
  /// Without `kind` only the default object fits, since the others require it.
  fileprivate var schema: JSON {
    let objects = kinds.map { kind -> JSON in
      let title: JSON = ["title": .string(kind.name)]
      return title.adding(
        kind.outline.schema(
          beside: [ConfigurationTag.key: ["const": .string(kind.name)]],
          requiring: kind.name == defaultKind ? [] : [ConfigurationTag.key]))
    }
    return ["description": .string(about), "type": "object", "oneOf": .array(objects)]
  }
}

extension ConfigurationOutline.Field {
  /// The key and, if it has one, its earlier name.
  fileprivate var properties: [(String, JSON)] {
    let rules = shape.schema.removing("description")
    let description: JSON = [
      "description": .string(help + (defaultWords.map { " Default: \($0)." } ?? ""))
    ]
    // An object's default is the defaults of its keys.
    let value = defaultValue.flatMap { $0.members == nil ? $0 : nil }
    let present = (key, description.adding(rules).adding(["default": value]))
    guard let formerKey else { return [present] }
    let former: JSON = ["description": "The earlier name of `\(key)`.", "deprecated": true]
    return [present, (formerKey, former.adding(rules))]
  }
}

extension ConfigurationShape {
  /// The keywords of JSON Schema for this shape.
  fileprivate var schema: JSON {
    switch self {
    case .boolean: ["type": "boolean"]
    case .integer(let minimum, let maximum):
      ["type": "integer", "minimum": .int(minimum), "maximum": .int(maximum)]
    case .number(let from, let above, let below):
      [
        "type": "number", "minimum": from.map { .double($0) },
        "exclusiveMinimum": above.map { .double($0) },
        "exclusiveMaximum": below.map { .double($0) },
      ]
    case .text(let words): ["type": "string", "description": .string(words)]
    case .choice(let options): ["enum": .strings(options)]
    case .list(let element, let minimum):
      [
        "type": "array", "items": element.schema, "minItems": minimum > 0 ? .int(minimum) : nil,
      ]
    case .mapping(let value, _): ["type": "object", "additionalProperties": value.schema]
    case .nullable(let shape, _): ["anyOf": [shape.schema, ["type": "null"]]]
    case .either(let shapes): ["anyOf": .array(shapes.map(\.schema))]
    case .object(let outline): outline.schema()
    case .union(let union): union.schema
    }
  }
}
