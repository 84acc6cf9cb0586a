import DragomanFormats
import DragomanTraining

/// Which keys of the configuration of a run an option assigns to.
///
/// It names them without listing them: listing all keys would add half to the time of the first translation with a
/// small model, and only a shell that completes them needs it.
enum AssignableKeys: Sendable, Equatable {
  /// Every key.
  case all
  /// Those of one object at the top, such as `decoding`.
  case within(String)

  /// The keys, in the order of the configuration.
  var list: [ConfigurationKey] {
    switch self {
    case .all: Self.configuration
    case .within(let object): Self.configuration.filter { $0.path.hasPrefix("\(object).") }
    }
  }

  private static let configuration = RunConfiguration.keys
}
