import DragomanFormats

/// The members of an entry, read by name and kind.
struct LogFields {
  let json: JSON

  init(_ json: JSON) {
    self.json = json
  }

  /// Whether there is a member of this name.
  func has(_ name: String) -> Bool { json[name] != nil }

  func int(_ name: String) throws(LogProblem) -> Int {
    try value(name, "a whole number", \.int)
  }

  func double(_ name: String) throws(LogProblem) -> Double {
    try value(name, "a number", \.double)
  }

  func bool(_ name: String) throws(LogProblem) -> Bool {
    try value(name, "true or false", \.bool)
  }

  func string(_ name: String) throws(LogProblem) -> String {
    try value(name, "a string", \.string)
  }

  func object(_ name: String) throws(LogProblem) -> JSON {
    try value(name, "an object") { $0.members == nil ? nil : $0 }
  }

  /// All elements of an array, each of which has to be `what`.
  func array<Element>(
    _ name: String, of what: String, _ element: (JSON) -> Element?
  ) throws(LogProblem) -> [Element] {
    let elements = try value(name, "an array", \.array)
    let read = elements.compactMap(element)
    guard read.count == elements.count else {
      throw problem(name, isNot: "an array, each element \(what)")
    }
    return read
  }

  /// What is wrong with a member.
  func problem(_ name: String, isNot expected: String) -> LogProblem {
    LogProblem(
      expected: "\"\(name)\" to be \(expected)",
      found: json[name]?.brief ?? (json.members == nil ? json.brief : "none"))
  }

  private func value<Value>(
    _ name: String, _ expected: String, _ read: (JSON) -> Value?
  ) throws(LogProblem) -> Value {
    guard let value = json[name].flatMap(read) else { throw problem(name, isNot: expected) }
    return value
  }
}

/// What is wrong with an entry.
struct LogProblem: Error, Equatable {
  let expected: String
  let found: String
}
