import DragomanFormats

/// What a value may be that a command prints for programs.
///
/// Of this the JSON Schema is made, `dragoman schema --command NAME`; tests hold what commands print against it.
indirect enum OutputShape: Sendable {
  case text
  case number
  case whole
  case truth
  /// A point in time, ISO 8601.
  case time
  /// One of these words.
  case choice([String])
  /// Values of one kind.
  case list(OutputShape)
  /// An object with names that are computed.
  case map(OutputShape)
  /// An object with these members and no others.
  case object([OutputMember])
  /// That or null.
  case nullable(OutputShape)
  /// One of several.
  case either([OutputShape])
  /// A configuration, or a part of one, which `dragoman schema` describes.
  case configuration

  /// A row of numbers.
  static let numbers = OutputShape.list(.number)
  /// Rows of numbers.
  static let rows = OutputShape.list(.numbers)
  /// Some texts.
  static let texts = OutputShape.list(.text)

  /// The keywords of JSON Schema.
  var schema: JSON {
    switch self {
    case .text: ["type": "string"]
    case .number: ["type": "number"]
    case .whole: ["type": "integer"]
    case .truth: ["type": "boolean"]
    case .time: ["type": "string", "format": "date-time"]
    case .choice(let words): ["enum": .strings(words)]
    case .list(let element): ["type": "array", "items": element.schema]
    case .map(let value): ["type": "object", "additionalProperties": value.schema]
    case .object(let members): Self.schema(of: members)
    case .nullable(let shape): ["anyOf": [shape.schema, ["type": "null"]]]
    case .either(let shapes): ["anyOf": .array(shapes.map(\.schema))]
    case .configuration: ["type": "object"]
    }
  }

  private static func schema(of members: [OutputMember]) -> JSON {
    let required = members.filter { !$0.isOptional }.map(\.name)
    return [
      "type": "object", "additionalProperties": false,
      "required": required.isEmpty ? nil : .strings(required),
      "properties": .object(
        members.map { member in
          let description: JSON = ["description": .string(member.help)]
          return (member.name, description.adding(member.shape.schema))
        }),
    ]
  }
}

/// A member of an object that a command prints.
struct OutputMember: Sendable {
  /// Its name.
  let name: String
  /// What it may be.
  let shape: OutputShape
  /// Whether it may be left out.
  let isOptional: Bool
  /// What it is.
  let help: String

  /// A member that is always there.
  static func member(_ name: String, _ shape: OutputShape, _ help: String) -> Self {
    Self(name: name, shape: shape, isOptional: false, help: help)
  }

  /// A member that is there if something is asked for or known.
  static func optional(_ name: String, _ shape: OutputShape, _ help: String) -> Self {
    Self(name: name, shape: shape, isOptional: true, help: help)
  }
}

/// What a command prints for programs: a JSON value on each line.
struct OutputDefinition: Sendable {
  /// The command, or what else prints it.
  let name: String
  /// What a line stands for.
  let about: String
  /// What a line holds.
  let shape: OutputShape

  /// The JSON Schema of a line (draft 7, as that of configurations).
  var schema: JSON {
    let head: JSON = [
      "$schema": "http://json-schema.org/draft-07/schema#",
      "title": .string("dragoman \(name)"), "description": .string(about),
    ]
    return head.adding(shape.schema)
  }

  /// The schema as a file of docs/schemas.
  var document: String { schema.serialized(pretty: true) + "\n" }

  /// All of them, in the order of the commands; errors come last.
  static let all: [OutputDefinition] =
    [check, train, translate, inspect, runs, classify, caption, score, evaluate, compare, explain]
    + [encode, export, benchmark, doctor, error]
}
