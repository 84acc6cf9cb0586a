package import DragomanFormats

/// A key of the configuration that was changed when a run went on, and counts for what follows.
package struct RecordedChange: Sendable, Equatable {
  /// The last update before it.
  package let update: Int
  /// The key, `training.optimizer.learningRate`.
  package let key: String
  /// Its value before, and from then on.
  package let before, after: JSON

  /// A change.
  package init(update: Int, key: String, before: JSON, after: JSON) {
    (self.update, self.key, self.before, self.after) = (update, key, before, after)
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.update == b.update && a.key == b.key && a.before.serialized() == b.before.serialized()
      && a.after.serialized() == b.after.serialized()
  }

  /// The change that a record states, if it is whole.
  init?(_ json: JSON) {
    guard let update = json["update"]?.int, update >= 0, let key = json["key"]?.string,
      let before = json["before"], let after = json["after"]
    else { return nil }
    self.init(update: update, key: key, before: before, after: after)
  }

  /// The change as a record states it.
  var json: JSON {
    ["update": .int(update), "key": .string(key), "before": before, "after": after]
  }
}

extension RecordedChange: CustomStringConvertible {
  /// What counts from when on.
  package var description: String {
    """
    after update \(NumberText.grouped(update)): \(key) is \(after.serialized(pretty: false)), before \
    \(before.serialized(pretty: false))
    """
  }
}
