import DragomanFormats

extension HTML {
  /// An attribute of an element; none of them holds a script, a style or an address elsewhere.
  package struct Attribute: Sendable, Equatable {
    package let name: String
    /// `nil` for an attribute that is there or not.
    package let value: String?

    private init(_ name: String, _ value: String?) {
      self.name = name
      self.value = value
    }

    /// Classes, with spaces between, that the style sheet knows.
    package static func `class`(_ names: String) -> Self { Self("class", names) }
    /// The name of the element in its page.
    package static func id(_ name: String) -> Self { Self("id", name) }
    /// Where a link within the page leads to: an ``id(_:)``.
    package static func target(_ id: String) -> Self { Self("href", "#" + id) }
    /// The name by which a screen reader announces the element.
    package static func label(_ text: String) -> Self { Self("aria-label", text) }
    /// What a screen reader takes the element for.
    package static func role(_ role: String) -> Self { Self("role", role) }
    /// The element is not read aloud.
    package static let isHidden = Self("aria-hidden", "true")
    /// The element is not shown, until a script says otherwise.
    package static let isAbsent = Self("hidden", nil)
    /// Changes are read aloud when there is time.
    package static let isLive = Self("aria-live", "polite")
    /// The element can be reached by the Tab key.
    package static let isFocusable = Self("tabindex", "0")
    /// Text from elsewhere: its first strong letter gives the direction of the whole block.
    package static let automaticDirection = Self("dir", "auto")
    /// The language of the text, as a code such as `fr`.
    package static func language(_ code: String) -> Self { Self("lang", code) }
    /// A note that shows when the pointer rests.
    package static func hint(_ text: String) -> Self { Self("title", text) }
    /// A details element that is open.
    package static let isOpen = Self("open", nil)
    /// A control that is on.
    package static let isChecked = Self("checked", nil)
    /// What radio buttons of one name choose: one of them is on.
    package static func choice(_ name: String) -> Self { Self("name", name) }
    /// The kind of an input or button.
    package static func type(_ type: String) -> Self { Self("type", type) }
    /// The value of a control.
    package static func value(_ text: String) -> Self { Self("value", text) }
    /// A cell that heads its row or column.
    package static func scope(_ scope: String) -> Self { Self("scope", scope) }
    /// How many columns a cell takes.
    package static func columns(_ count: Int) -> Self { Self("colspan", "\(count)") }

    /// Something for the page's script: `data-name`.
    package static func data(_ name: String, _ value: String) -> Self {
      precondition(
        !name.isEmpty && name.utf8.allSatisfy { $0 == 0x2D || (0x61...0x7A).contains($0) },
        "'\(name)' must be lower-case letters and hyphens")
      return Self("data-" + name, value)
    }

    /// The bytes of a picture in the format PNG, within the page.
    package static func picture(png bytes: [UInt8]) -> Self {
      Self("src", "data:image/png;base64," + Base64.text(bytes))
    }
    /// What a picture shows, for those who do not see it.
    package static func alternative(_ text: String) -> Self { Self("alt", text) }

    // MARK: SVG

    /// An SVG fills its box, whatever that does to its proportions.
    package static let isStretched = Self("preserveAspectRatio", "none")

    /// A length or coordinate of an SVG element, in its own units.
    package static func geometry(_ name: Geometry, _ value: Double) -> Self {
      Self(name.rawValue, Coordinate.text(value))
    }
    /// What part of the plane an SVG shows, from (0, 0).
    package static func view(width: Double, height: Double) -> Self {
      Self("viewBox", "0 0 \(Coordinate.text(width)) \(Coordinate.text(height))")
    }
    /// The points of a polyline.
    package static func points(_ points: [(x: Double, y: Double)]) -> Self {
      Self(
        "points",
        points.map { "\(Coordinate.text($0.x)),\(Coordinate.text($0.y))" }.joined(separator: " "))
    }
    /// The commands of a path.
    package static func path(_ commands: String) -> Self { Self("d", commands) }
    /// How an element is moved or turned.
    package static func transform(_ text: String) -> Self { Self("transform", text) }
    /// Where a text stands by its coordinate: `start`, `middle` or `end`.
    package static func anchor(_ anchor: String) -> Self { Self("text-anchor", anchor) }
  }

  /// Names of lengths and coordinates.
  package enum Geometry: String, Sendable {
    case x, y, x1, x2, y1, y2, cx, cy, r, rx, width, height
    case fillOpacity = "fill-opacity"
  }
}

/// Numbers in SVG: two digits after the point, without zeros at the end.
package enum Coordinate {
  package static func text(_ value: Double) -> String {
    var text = NumberText.fixed(value, decimals: 2)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text.isEmpty || text == "-" ? "0" : text
  }
}
