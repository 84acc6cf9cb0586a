extension Configuration {
  /// The keys of this configuration as Markdown: a section with a table for each object.
  package static var guide: String {
    ConfigurationOutline(Self.self).sections(.init(path: "")).joined(separator: "\n")
  }

  /// The keys of this configuration for a terminal: path, default, meaning and rule of each.
  package static var help: String {
    ConfigurationOutline(Self.self).entries(path: "").joined(separator: "\n")
  }
}

// MARK: - Markdown

/// Where an object stands: its path, and the kind of the object around it or of itself, if it is one of several.
private struct ConfigurationSection {
  var path: String
  var kind: String?

  /// The heading of the object's section.
  var heading: String { "## `\(path)`" + (kind.map { " (`\($0)`)" } ?? "") }

  /// What links to that heading, as code hosts make it of the text.
  var anchor: String {
    (path + (kind.map { "-\($0)" } ?? "")).filter { $0 != "." }.lowercased()
  }

  func inside(_ key: String) -> Self { Self(path: join(path, key), kind: kind) }

  func of(kind: String) -> Self { Self(path: path, kind: kind) }
}

private func join(_ path: String, _ key: String) -> String {
  path.isEmpty ? key : "\(path).\(key)"
}

extension ConfigurationOutline {
  fileprivate func sections(_ place: ConfigurationSection) -> [String] {
    let rows = fields.map { field in
      "| `\(field.key)` | \(field.valueInWords(place)) | \(field.defaultInWords("`")) "
        + "| \(field.help) |"
    }
    let nested = fields.flatMap { $0.shape.sections(place.inside($0.key)) }
    return [section(place, about, rows)] + nested
  }
}

extension ConfigurationUnionOutline {
  fileprivate func sections(_ place: ConfigurationSection) -> [String] {
    let links = names.map { "[`\($0)`](#\(place.of(kind: $0).anchor))" }
    let row =
      "| `\(ConfigurationTag.key)` | \(choice.words) | `\"\(defaultKind)\"` "
      + "| \(help) \(Words.list(links)) have their own keys. |"
    return [section(place, about, [row])]
      + kinds.flatMap { $0.outline.sections(place.of(kind: $0.name)) }
  }

  /// What the key `kind` means.
  var help: String { "Which one it is, and so which other keys there are." }
}

private func section(_ place: ConfigurationSection, _ about: String, _ rows: [String]) -> String {
  let head = place.path.isEmpty ? [] : [place.heading, ""]
  let table = ["| Key | Value | Default | Meaning |", "|---|---|---|---|"] + rows
  return (head + [about, ""] + table).map { $0 + "\n" }.joined()
}

extension ConfigurationOutline.Field {
  fileprivate func valueInWords(_ place: ConfigurationSection) -> String {
    shape.isObject ? "[an object](#\(place.inside(key).anchor))" : shape.words
  }

  fileprivate func defaultInWords(_ quote: String) -> String {
    if let defaultWords { return defaultWords }
    guard let defaultValue, defaultValue.members == nil else { return required ? "required" : "" }
    return quote + defaultValue.serialized(pretty: false) + quote
  }
}

extension ConfigurationShape {
  /// The sections of the objects that can stand here.
  fileprivate func sections(_ place: ConfigurationSection) -> [String] {
    switch self {
    case .object(let outline): outline.sections(place)
    case .union(let union): union.sections(place)
    case .either(let shapes): shapes.lazy.map { $0.sections(place) }.first { !$0.isEmpty } ?? []
    case .nullable(let shape, _): shape.sections(place)
    default: []
    }
  }
}

// MARK: - Terminal

extension ConfigurationOutline {
  fileprivate func entries(path: String, condition: String = "") -> [String] {
    fields.flatMap { field -> [String] in
      let name = join(path, field.key)
      let nested = field.shape.entries(path: name, condition: condition)
      if field.shape.isObject { return nested }
      return [
        entry(name, field.defaultInWords(""), field.help + condition, field.shape.words)
      ] + nested
    }
  }
}

extension ConfigurationUnionOutline {
  fileprivate func entries(path: String, condition: String) -> [String] {
    let name = join(path, ConfigurationTag.key)
    let own = entry(name, "\"\(defaultKind)\"", "\(about) \(help)\(condition)", choice.words)
    return [own]
      + kinds.flatMap { kind in
        kind.outline.entries(
          path: path, condition: condition + " Counts only if \(name) is \"\(kind.name)\".")
      }
  }
}

private func entry(_ name: String, _ value: String, _ help: String, _ rule: String) -> String {
  """
  \(name): \(value)
      \(help)
      It must be \(rule).

  """.filter { $0 != "`" }
}

extension ConfigurationShape {
  /// What the terminal shows of the keys of the object that can stand here.
  fileprivate func entries(path: String, condition: String) -> [String] {
    switch self {
    case .object(let outline): outline.entries(path: path, condition: condition)
    case .union(let union): union.entries(path: path, condition: condition)
    case .either(let shapes):
      shapes.lazy.map { $0.entries(path: path, condition: condition) }.first { !$0.isEmpty } ?? []
    case .nullable(let shape, _): shape.entries(path: path, condition: condition)
    default: []
    }
  }
}
