import DragomanFormats

/// Holds JSON values against the keywords of JSON Schema that the program's own schemas use.
struct SchemaValidator {
  /// What does not fit, each with its path; nothing if all does.
  static func problems(_ value: JSON, _ schema: JSON, at path: String = "$") -> [String] {
    if let choices = schema["anyOf"]?.array {
      let tried = choices.map { problems(value, $0, at: path) }
      guard !tried.contains([]) else { return [] }
      // What comes nearest tells most.
      return tried.min { $0.count < $1.count } ?? []
    }
    if let words = schema["enum"]?.array {
      return words.contains { $0.string == value.string && $0.string != nil }
        ? [] : ["\(path): \(value.brief) is none of \(schema["enum"]?.serialized() ?? "")"]
    }
    guard let type = schema["type"]?.string else { return ["\(path): a schema without a type"] }
    let wrong = ["\(path): \(value.brief) is no \(type)"]
    switch type {
    case "null": return value.isNull ? [] : wrong
    case "boolean": return value.bool == nil ? wrong : []
    case "integer": return value.int == nil ? wrong : []
    case "number": return value.double == nil ? wrong : []
    case "string":
      guard let text = value.string else { return wrong }
      let isTime = text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil
      return schema["format"]?.string == "date-time" && !isTime
        ? ["\(path): \(text) is not a time"] : []
    case "array":
      guard let elements = value.array, let items = schema["items"] else { return wrong }
      return elements.enumerated().flatMap { problems($1, items, at: "\(path)[\($0)]") }
    case "object":
      guard let members = value.members else { return wrong }
      let missing = (schema["required"]?.array ?? []).compactMap(\.string)
        .filter { value[$0] == nil }.map { "\(path).\($0) is missing" }
      return missing
        + members.flatMap { member -> [String] in
          let path = "\(path).\(member.name)"
          if let own = schema["properties"]?[member.name] {
            return problems(member.value, own, at: path)
          }
          guard let other = schema["additionalProperties"] else { return [] }
          return other.bool == false
            ? ["\(path) is not described"] : problems(member.value, other, at: path)
        }
    default: return ["\(path): a schema of type \(type)"]
    }
  }
}
