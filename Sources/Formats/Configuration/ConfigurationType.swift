/// What the value of a key may be: how it is read, written and described.
///
/// A new kind of value is an extension with a static function, next to the type that it makes.
package struct ConfigurationType<Value>: Sendable {
  /// Its description, for schema, errors and documentation; reading needs none.
  package var shape: ConfigurationShape { described.value }
  /// Whether it is an object, of which missing keys have defaults.
  let isObject: Bool
  /// Puts the JSON value into the last argument, or reports a problem and leaves that alone.
  package let read: @Sendable (JSON, inout ConfigurationReader, inout Value) -> Void
  /// The JSON value that reads back as this.
  package let write: @Sendable (Value) -> JSON

  private let described: Deferred<ConfigurationShape>

  /// A kind of value.
  package init(
    _ shape: @escaping @autoclosure @Sendable () -> ConfigurationShape, isObject: Bool = false,
    write: @escaping @Sendable (Value) -> JSON,
    read: @escaping @Sendable (JSON, inout ConfigurationReader, inout Value) -> Void
  ) {
    described = Deferred(shape)
    self.isObject = isObject
    self.write = write
    self.read = read
  }
}

extension ConfigurationType where Value == Bool {
  /// `true` or `false`.
  package static var boolean: Self {
    Self(.boolean, write: { .bool($0) }) { json, reader, value in
      guard let found = json.bool else {
        return reader.report(json, isNot: ConfigurationShape.boolean.words)
      }
      value = found
    }
  }
}

extension ConfigurationType where Value == Int {
  /// A whole number of at least `minimum` and at most `maximum`.
  package static func integer(
    atLeast minimum: Int, atMost maximum: Int = ConfigurationShape.greatest
  ) -> Self {
    let shape = ConfigurationShape.integer(atLeast: minimum, atMost: maximum)
    return Self(shape, write: { .int($0) }) { json, reader, value in
      guard let found = json.int else { return reader.report(json, isNot: shape.words) }
      guard found >= minimum else { return reader.report(json, breaks: "at least \(minimum)") }
      guard found <= maximum else {
        return reader.report(json, breaks: "at most \(NumberText.grouped(maximum))")
      }
      value = found
    }
  }
}

extension ConfigurationType where Value == Double {
  /// A number that is at least the lower bound and less than the upper one.
  package static func number(in range: Range<Double>) -> Self {
    number(.number(from: range.lowerBound, below: range.upperBound)) { range.contains($0) }
  }

  /// A number greater than `bound`.
  package static func number(above bound: Double) -> Self {
    number(.number(above: bound)) { $0 > bound }
  }

  /// A number greater than the one bound and less than the other.
  package static func number(above bound: Double, below limit: Double) -> Self {
    number(.number(above: bound, below: limit)) { $0 > bound && $0 < limit }
  }

  private static func number(
    _ shape: ConfigurationShape, _ holds: @escaping @Sendable (Double) -> Bool
  ) -> Self {
    Self(shape, write: { .double($0) }) { json, reader, value in
      guard let found = json.double else {
        guard case .number = json.kind else { return reader.report(json, isNot: shape.words) }
        return reader.report(json, breaks: "\(shape.rule), and finite: at most 1.8e308")
      }
      guard holds(found) else { return reader.report(json, breaks: shape.rule) }
      // Computing is in single precision, where 0.99999999 is 1 and 1e-50 is 0.
      guard Float(found).isFinite, holds(Double(Float(found))) else {
        return reader.report(json, breaks: "\(shape.rule), also when rounded to single precision")
      }
      value = found
    }
  }
}

extension ConfigurationType where Value == String {
  /// A text; `words` says what of, and `holds` which ones.
  package static func text(
    _ words: String, where holds: @escaping @Sendable (String) -> Bool = { !$0.isEmpty }
  ) -> Self {
    Self(.text(words), write: { .string($0) }) { json, reader, value in
      guard let found = reader.text(json) else { return reader.report(json, isNot: words) }
      guard holds(found) else { return reader.report(json, breaks: words) }
      value = found
    }
  }
}

extension ConfigurationType
where Value: RawRepresentable<String> & CaseIterable & Sendable {
  /// One of the cases, by its raw value.
  package static var choice: Self {
    let options = Deferred { Value.allCases.map(\.rawValue) }
    return Self(.choice(options.value), write: { .string($0.rawValue) }) { json, reader, value in
      guard let found = json.string else {
        return reader.report(json, isNot: ConfigurationShape.choice(options.value).words)
      }
      guard let choice = Value(rawValue: found) else {
        return reader.report(json, isNoneOf: options.value, nearest: found)
      }
      value = choice
    }
  }
}

extension ConfigurationType where Value: Configuration {
  /// An object with fields of its own.
  package static var object: Self {
    Self(.object(.init(Value.self)), isObject: true, write: { $0.json }) { json, reader, value in
      reader.readObject(json, into: &value)
    }
  }
}

extension ConfigurationType {
  /// A list of at least `minimum` elements.
  package static func list<Element>(
    of element: ConfigurationType<Element>, atLeast minimum: Int = 0, from start: Element
  ) -> Self where Value == [Element], Element: Sendable {
    let shape = Deferred { ConfigurationShape.list(element.shape, atLeast: minimum) }
    return Self(shape.value, write: { .array($0.map(element.write)) }) { json, reader, value in
      guard let found = json.array else { return reader.report(json, isNot: shape.value.words) }
      guard found.count >= minimum else { return reader.report(json, breaks: shape.value.words) }
      value = found.enumerated().map { index, json in
        var value = start
        reader.descend(to: index) { element.read(json, &$0, &value) }
        return value
      }
    }
  }

  /// A value or `null`; `meaning` says what `null` stands for.
  package static func optional<Wrapped>(
    _ wrapped: ConfigurationType<Wrapped>, null meaning: String, from start: Wrapped
  ) -> Self where Value == Wrapped?, Wrapped: Sendable {
    Self(
      .nullable(wrapped.shape, null: meaning), write: { $0.map(wrapped.write) ?? .null }
    ) { json, reader, value in
      if json.isNull {
        value = nil
      } else {
        var found = value ?? start
        reader.offering(", or null (\(meaning))") { wrapped.read(json, &$0, &found) }
        value = found
      }
    }
  }
}
