extension Configuration {
  /// The keys of this configuration as Markdown: a section with a table for each object.
  package static var guide: String {
    ConfigurationOutline(Self.self).sections(path: "").joined(separator: "\n")
  }

  /// The keys of this configuration for a terminal: path, default, meaning and rule of each.
  package static var help: String {
    ConfigurationOutline(Self.self).entries(path: "").joined(separator: "\n")
  }

  /// The paths of all keys that take a value, `model.attention.score`, in the order of the fields.
  package static var keys: [String] { ConfigurationOutline(Self.self).keys(path: "") }
}

extension ConfigurationOutline {
  fileprivate func sections(path: String) -> [String] {
    var lines = path.isEmpty ? [] : ["## `\(path)`", ""]
    lines += [about, "", "| Key | Value | Default | Meaning |", "|---|---|---|---|"]
    lines += fields.map { field in
      "| `\(field.key)` | \(field.valueInWords(path)) | \(field.defaultInWords("`")) "
        + "| \(field.help) |"
    }
    let nested = fields.flatMap { field in
      field.shape.outline?.sections(path: join(path, field.key)) ?? []
    }
    return [lines.map { $0 + "\n" }.joined()] + nested
  }

  fileprivate func entries(path: String) -> [String] {
    fields.flatMap { field -> [String] in
      let name = join(path, field.key)
      if case .object(let outline) = field.shape { return outline.entries(path: name) }
      let entry = """
        \(name): \(field.defaultInWords(""))
            \(field.help)
            It must be \(field.shape.words).

        """.filter { $0 != "`" }
      return [entry] + (field.shape.outline?.entries(path: name) ?? [])
    }
  }

  fileprivate func keys(path: String) -> [String] {
    fields.flatMap { field -> [String] in
      let name = join(path, field.key)
      if case .object(let outline) = field.shape { return outline.keys(path: name) }
      return [name] + (field.shape.outline?.keys(path: name) ?? [])
    }
  }

  private func join(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }
}

extension ConfigurationOutline.Field {
  fileprivate func valueInWords(_ path: String) -> String {
    if case .object = shape {
      let anchor = (path.isEmpty ? key : "\(path)\(key)").filter { $0 != "." }.lowercased()
      return "[an object](#\(anchor))"
    }
    return shape.words
  }

  fileprivate func defaultInWords(_ quote: String) -> String {
    if let defaultWords { return defaultWords }
    guard let defaultValue, defaultValue.members == nil else { return required ? "required" : "" }
    return quote + defaultValue.serialized(pretty: false) + quote
  }
}

extension ConfigurationShape {
  /// The object that can stand here, if there is one.
  fileprivate var outline: ConfigurationOutline? {
    switch self {
    case .object(let outline): outline
    case .either(let shapes): shapes.lazy.compactMap(\.outline).first
    case .nullable(let shape, _): shape.outline
    default: nil
    }
  }
}
