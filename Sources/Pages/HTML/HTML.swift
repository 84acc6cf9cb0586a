/// A piece of a page: an element, a text, or several pieces in a row.
///
///     HTML(.p, [.class("note")], "loss ", HTML(.strong, "1.25"))
///
/// Text is escaped whenever it is written, and elements and attributes are closed lists without scripts, event
/// handlers, style attributes and addresses: nothing a text contains can become markup, and no page can refer
/// to anything outside itself.
package indirect enum HTML: Sendable, Equatable {
  /// An element with what it contains.
  case element(Tag, [Attribute], [HTML])
  /// Plain text.
  case text(String)
  /// Pieces without an element around them.
  case group([HTML])

  /// An element.
  package init(_ tag: Tag, _ attributes: [Attribute] = [], _ children: HTML...) {
    self = .element(tag, attributes, children)
  }

  /// An element of computed pieces.
  package init(_ tag: Tag, _ attributes: [Attribute] = [], children: [HTML]) {
    self = .element(tag, attributes, children)
  }

  /// An element without attributes.
  package init(_ tag: Tag, _ first: HTML, _ children: HTML...) {
    self = .element(tag, [], [first] + children)
  }

  /// Nothing.
  package static let nothing = HTML.group([])

  /// Text from elsewhere, whose direction is unknown: it is laid out by its own letters and does not
  /// disturb what stands beside it.
  package static func foreign(_ text: String) -> HTML { HTML(.bdi, .text(text)) }

  /// Whether there is a picture in it.
  var hasPictures: Bool {
    switch self {
    case .element(let tag, _, let children): tag == .img || children.contains(where: \.hasPictures)
    case .text: false
    case .group(let children): children.contains(where: \.hasPictures)
    }
  }

  /// The piece as it stands in a file.
  package var markup: String {
    var writer = HTMLWriter()
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension HTML: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  /// Plain text.
  package init(stringLiteral value: String) { self = .text(value) }
}
