import DragomanFormats

extension HTML {
  /// An attribute of an element; none of them holds a script, a style or an address elsewhere.
  public struct Attribute: Sendable, Equatable {
    let name: String
    /// `nil` for an attribute that is there or not.
    let value: String?

    private init(_ name: String, _ value: String?) {
      self.name = name
      self.value = value
    }

    /// Classes, with spaces between, that the style sheet knows.
    public static func `class`(_ names: String) -> Self { Self("class", names) }
    /// The name of the element in its page.
    public static func id(_ name: String) -> Self { Self("id", name) }
    /// Where a link within the page leads to: an ``id(_:)``.
    public static func target(_ id: String) -> Self { Self("href", "#" + id) }
    /// The name by which a screen reader announces the element.
    public static func label(_ text: String) -> Self { Self("aria-label", text) }
    /// What a screen reader takes the element for.
    public static func role(_ role: String) -> Self { Self("role", role) }
    /// The element is not read aloud.
    public static let isHidden = Self("aria-hidden", "true")
    /// The element is not shown, until a script says otherwise.
    public static let isAbsent = Self("hidden", nil)
    /// Changes are read aloud when there is time.
    public static let isLive = Self("aria-live", "polite")
    /// The element can be reached by the Tab key.
    public static let isFocusable = Self("tabindex", "0")
    /// Text from elsewhere: its first strong letter gives the direction of the whole block.
    public static let automaticDirection = Self("dir", "auto")
    /// The language of the text, as a code such as `fr`.
    public static func language(_ code: String) -> Self { Self("lang", code) }
    /// A note that shows when the pointer rests.
    public static func hint(_ text: String) -> Self { Self("title", text) }
    /// A details element that is open.
    public static let isOpen = Self("open", nil)
    /// A control that is on.
    public static let isChecked = Self("checked", nil)
    /// An option that is chosen.
    public static let isSelected = Self("selected", nil)
    /// The kind of an input or button.
    public static func type(_ type: String) -> Self { Self("type", type) }
    /// The value of a control.
    public static func value(_ text: String) -> Self { Self("value", text) }
    /// A cell that heads its row or column.
    public static func scope(_ scope: String) -> Self { Self("scope", scope) }
    /// How many columns a cell takes.
    public static func columns(_ count: Int) -> Self { Self("colspan", "\(count)") }

    /// Something for the page's script: `data-name`.
    public static func data(_ name: String, _ value: String) -> Self {
      precondition(
        !name.isEmpty && name.utf8.allSatisfy { $0 == 0x2D || (0x61...0x7A).contains($0) },
        "'\(name)' must be lower-case letters and hyphens")
      return Self("data-" + name, value)
    }

    // MARK: SVG

    /// An SVG fills its box, whatever that does to its proportions.
    public static let isStretched = Self("preserveAspectRatio", "none")

    /// A length or coordinate of an SVG element, in its own units.
    public static func geometry(_ name: Geometry, _ value: Double) -> Self {
      Self(name.rawValue, Coordinate.text(value))
    }
    /// What part of the plane an SVG shows, from (0, 0).
    public static func view(width: Double, height: Double) -> Self {
      Self("viewBox", "0 0 \(Coordinate.text(width)) \(Coordinate.text(height))")
    }
    /// The points of a polyline.
    public static func points(_ points: [(x: Double, y: Double)]) -> Self {
      Self(
        "points",
        points.map { "\(Coordinate.text($0.x)),\(Coordinate.text($0.y))" }.joined(separator: " "))
    }
    /// The commands of a path.
    public static func path(_ commands: String) -> Self { Self("d", commands) }
    /// How an element is moved or turned.
    public static func transform(_ text: String) -> Self { Self("transform", text) }
    /// Where a text stands by its coordinate: `start`, `middle` or `end`.
    public static func anchor(_ anchor: String) -> Self { Self("text-anchor", anchor) }
  }

  /// Names of lengths and coordinates.
  public enum Geometry: String, Sendable {
    case x, y, x1, x2, y1, y2, cx, cy, r, rx, width, height
    case fillOpacity = "fill-opacity"
  }
}

/// Numbers in SVG: two digits behind the point, without zeros at the end.
enum Coordinate {
  static func text(_ value: Double) -> String {
    var text = NumberText.fixed(value, decimals: 2)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text.isEmpty || text == "-" ? "0" : text
  }
}
