import DragomanPages
import DragomanTranslation

/// Rows of features that no layer reads, on the page of a walk.
struct FeaturesEncoderSection: WalkEncoderSection {
  private let page: any WalkSheet

  /// The section of a walk.
  init(on page: any WalkSheet) { self.page = page }

  var station: HTML {
    page.station(
      "encoder", "Encoder",
      note: "No layer stands between: \(page.reader) looks at the rows as they are read.",
      [page.equation([WalkEquations.state])] + page.keys)
  }

  /// What arrives at the rows stands on the page of every model.
  let gradients: [HTML] = []
}
