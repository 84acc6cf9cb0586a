extension HTML {
  /// The elements a page may have: none that load, run or send anything.
  package enum Tag: String, Sendable, CaseIterable {
    // Parts of a page.
    case main, header, nav, section, article, div, figure, figcaption, details, summary
    // Text.
    case h1, h2, h3, h4, p, pre, span, strong, small, code, bdi, ins, del, br, i, sub, sup
    /// A link within the page.
    case a
    // Lists and tables.
    case ul, ol, li, dl, dt, dd, table, thead, tbody, tr, th, td
    // Controls.
    case label, input, button
    /// A picture whose bytes stand in the page.
    case img
    // SVG.
    case svg, g, path, line, polyline, rect, circle, text

    /// Whether it has no content and no end tag.
    package var isVoid: Bool {
      switch self {
      case .br, .input, .img: true
      default: false
      }
    }

    /// Whether line breaks around what it contains show nowhere, so that a file may have them.
    package var isBlock: Bool {
      switch self {
      case .main, .header, .nav, .section, .article, .div, .figure, .details, .ul, .ol,
        .dl, .table, .thead, .tbody, .tr, .svg, .g:
        true
      default: false
      }
    }
  }
}
