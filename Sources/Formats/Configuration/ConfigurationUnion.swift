/// A value that is one of several configuration objects, chosen by its key `kind`.
///
/// It is an enumeration with one case for each object; the exhaustive `switch` of ``alternative(_:)`` is all that
/// reader, errors, overrides, schema, help and documentation need to know:
///
///     enum Heater: ConfigurationUnion {
///       enum Kind: String, CaseIterable, Sendable { case gas, wood }
///       case gas(GasHeater)
///       case wood(WoodHeater)
///
///       init() { self = .gas(GasHeater()) }
///
///       var kind: Kind {
///         switch self {
///         case .gas: .gas
///         case .wood: .wood
///         }
///       }
///
///       static let about = "What makes the heat."
///       static func alternative(_ kind: Kind) -> ConfigurationAlternative<Heater> {
///         switch kind {
///         case .gas: .init(Heater.gas) { if case .gas(let own) = $0 { own } else { nil } }
///         case .wood: .init(Heater.wood) { if case .wood(let own) = $0 { own } else { nil } }
///         }
///       }
///     }
///
/// A file may leave `kind` out and then means the kind of the default value. ``json`` states it always, and first.
package protocol ConfigurationUnion: Sendable, Equatable {
  /// The names of the cases.
  associatedtype Kind: RawRepresentable<String> & CaseIterable & Hashable & Sendable

  /// The default value; its kind is the default kind.
  init()

  /// Which case this is.
  var kind: Kind { get }

  /// One line on what the value is for.
  static var about: String { get }

  /// The object of a case.
  static func alternative(_ kind: Kind) -> ConfigurationAlternative<Self>
}

extension ConfigurationUnion {
  /// `kind`, then the keys of its object that count.
  package var json: JSON {
    let kind = JSON.Member(name: ConfigurationTag.key, value: .string(kind.rawValue))
    return .object([kind] + (Self.alternative(self.kind).write(self).members ?? []))
  }
}

/// One case of a union: the object that it holds.
package struct ConfigurationAlternative<Union: Sendable>: Sendable {
  let outline: @Sendable () -> ConfigurationOutline
  let keys: @Sendable () -> [String]
  /// The case itself, a function from its object, and the object of a value of this case.
  let embed: any Sendable
  let object: @Sendable (Union) -> (any Configuration)?
  let write: @Sendable (Union) -> JSON
  let read: @Sendable (JSON, ConfigurationTag, inout ConfigurationReader, inout Union) -> Void

  /// A case.
  ///
  /// - Parameters:
  ///   - embed: the case itself, `Heater.gas`.
  ///   - extract: the object, if the value is of this case.
  package init<Object: Configuration>(
    _ embed: @escaping @Sendable (Object) -> Union,
    _ extract: @escaping @Sendable (Union) -> Object?
  ) {
    keys = {
      let keys = Object.fields.map(\.key)
      precondition(
        !keys.contains(ConfigurationTag.key), "\(Object.self) has a key of its own, kind")
      return keys
    }
    self.embed = embed
    object = { extract($0) }
    outline = { ConfigurationOutline(Object.self) }
    write = { union in
      guard let object = extract(union) else {
        preconditionFailure("\(union) is not the case that its kind says")
      }
      return object.json
    }
    read = { json, tag, reader, union in
      var object = extract(union) ?? Object()
      reader.readObject(json, into: &object, tag: tag)
      union = embed(object)
    }
  }
}

/// What a union adds to the object of one of its cases: the key `kind`, and which keys other cases have.
struct ConfigurationTag {
  /// The key that chooses a case.
  static let key = "kind"

  /// The chosen case.
  let kind: String
  /// The keys of each case, which only an error asks for.
  private let keys: @Sendable () -> [(kind: String, keys: [String])]

  init<Union: ConfigurationUnion>(_ kind: Union.Kind, of union: Union.Type) {
    self.kind = kind.rawValue
    keys = { Union.Kind.allCases.map { ($0.rawValue, Union.alternative($0).keys()) } }
  }

  /// The cases that have a key, as a file has them.
  func kinds(having key: String) -> [String] {
    keys().filter { $0.keys.contains { ExactText.areEqual($0, key) } }.map { "\"\($0.kind)\"" }
  }
}

extension ConfigurationType where Value: ConfigurationUnion {
  /// One of several objects, chosen by its key `kind`.
  package static var union: Self {
    Self(.union(.init(Value.self)), isObject: true, write: { $0.json }) { json, reader, value in
      reader.readUnion(json, into: &value)
    }
  }
}
