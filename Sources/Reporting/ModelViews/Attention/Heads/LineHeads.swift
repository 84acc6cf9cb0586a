package import DragomanTranslation

/// What a page shows of the heads that translated a line.
package enum LineHeads: Sendable {
  /// Where each of them looked; nothing where the model has none, or several models wrote.
  case maps(AttentionMaps)
  /// Nothing, since a side has too many tokens: ``HeadRoom`` says how many.
  case tooLong
  /// Nothing, since the page has no room left.
  case noRoom

  /// The maps, if they are shown.
  var maps: AttentionMaps? {
    switch self {
    case .maps(let maps): maps
    case .tooLong, .noRoom: nil
    }
  }

  /// Why there are no maps, if that has to be said.
  var excuse: String? {
    switch self {
    case .maps: nil
    case .tooLong: "No single heads here: a side has more than \(HeadRoom.longest) tokens."
    case .noRoom: "No single heads here: the page would grow too large."
    }
  }
}
