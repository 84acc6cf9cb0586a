import DragomanFormats

extension Lowercasing {
  /// What it may be in a file.
  static let words = "true, false or \"source\""

  /// The value that a file has.
  var json: JSON { self == .source ? "source" : .bool(self == .both) }

  /// What a file states; `nil` if that is something else.
  init?(_ json: JSON) {
    if let isLowercase = json.bool {
      self.init(isLowercase)
    } else if json.string == "source" {
      self = .source
    } else {
      return nil
    }
  }
}

extension ConfigurationType where Value == Lowercasing {
  /// `true`, `false` or `"source"`.
  static var lowercasing: Self {
    let shape = ConfigurationShape.either([.boolean, .choice(["source"])])
    return Self(shape, write: \.json) { json, reader, value in
      guard let found = Lowercasing(json) else { return reader.report(json, isNot: shape.words) }
      value = found
    }
  }
}
