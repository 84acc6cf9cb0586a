import DragomanFormats

/// A number in a few digits, which the page's script shows in all its digits under the pointer.
package enum ExactNumber {
  /// A number in single precision.
  package static func html(_ value: Float, _ text: String? = nil) -> HTML {
    html(text ?? short(Double(value)), exact: value.description)
  }

  /// A number in double precision.
  package static func html(_ value: Double, _ text: String? = nil) -> HTML {
    html(text ?? short(value), exact: value.description)
  }

  private static func html(_ text: String, exact: String) -> HTML {
    HTML(
      .span, [.class("exact"), .data("exact", exact.replacing("-", with: "−"))], .text(text))
  }

  /// Four digits.
  package static func short(_ value: Double) -> String {
    let text =
      value == 0
      ? "0"
      : value.magnitude >= 0.001 && value.magnitude < 1000
        ? NumberText.fixed(value, decimals: value.magnitude >= 100 ? 2 : 4)
        : NumberText.significant(value, digits: 3)
    return text.replacing("-", with: "−")
  }

  /// A bar from 0 to a value, in a cell that shows values from `lower` to `upper`.
  package static func bar(_ value: Double, from lower: Double, to upper: Double) -> HTML {
    let (low, high) = (lower.isFinite ? min(lower, 0) : 0, upper.isFinite ? max(upper, 0) : 0)
    let range = high > low ? high - low : 1
    func position(_ value: Double) -> Double {
      value.isFinite ? (min(max(value, low), high) - low) / range * 100 : -low / range * 100
    }
    let (start, end) = (position(min(value, 0)), position(max(value, 0)))
    return HTML(
      .svg, [.class("bar"), .view(width: 100, height: 1), .isStretched, .isHidden],
      HTML(
        .rect,
        [
          .class(value < 0 ? "below" : "above"), .geometry(.x, start), .geometry(.y, 0),
          .geometry(.width, max(end - start, value == 0 ? 0 : 0.4)), .geometry(.height, 1),
        ]))
  }
}
