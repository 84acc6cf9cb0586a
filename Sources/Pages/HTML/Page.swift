package import DragomanSystem
import DragomanFormats

/// A page in one file: it needs no network, no server and no other file.
///
/// The policy in its head lets a browser load nothing and run only the scripts and styles whose digests it
/// states, which are literals of this program. Without a script everything but readings under the pointer is there.
package struct Page: Sendable {
  /// What the window is called, and what the page is headed by.
  package let title: String
  /// A line below the title.
  package let subtitle: HTML
  /// What the page shows.
  package let content: [HTML]
  /// Seconds after which a browser loads the page anew, if what it shows goes on.
  private let reloadSeconds: Int?
  private let styles: [StaticString]
  private let scripts: [StaticString]

  /// A page.
  ///
  /// - Parameters:
  ///   - title: what it is about; may come from elsewhere.
  ///   - subtitle: a line below the title.
  ///   - reloadSeconds: seconds after which a browser loads the page anew; never if there are none.
  ///   - styles: style sheets besides the one all pages have.
  ///   - scripts: scripts besides the one all pages have. They find their data in `data-` attributes.
  ///   - content: what it shows.
  package init(
    _ title: String, subtitle: HTML = .nothing, reloadSeconds: Int? = nil,
    styles: [StaticString] = [], scripts: [StaticString] = [], content: [HTML]
  ) {
    self.title = title
    self.subtitle = subtitle
    self.reloadSeconds = reloadSeconds
    self.content = content
    self.styles = [PageStyle.text] + styles
    self.scripts = [PageScript.text] + scripts
  }

  /// The file.
  package var bytes: [UInt8] {
    var writer = HTMLWriter()
    writer.write(
      literally: """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="
        """)
    writer.write(text: policy)
    writer.write(
      literally: """
        ">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">

        """)
    if let reloadSeconds {
      writer.write(literally: "<meta http-equiv=\"refresh\" content=\"")
      writer.write(text: "\(reloadSeconds)")
      writer.write(literally: "\">\n")
    }
    writer.write(literally: "<title>")
    writer.write(text: title)
    writer.write(literally: "</title>\n")
    for style in styles {
      writer.write(literally: "<style>")
      writer.write(literally: style)
      writer.write(literally: "</style>\n")
    }
    writer.write(literally: "</head>\n<body>\n")
    writer.write(
      HTML(
        .header, HTML(.h1, [.automaticDirection], .text(title)),
        HTML(.p, [.class("subtitle")], subtitle)))
    writer.write(HTML(.main, children: content))
    for script in scripts {
      writer.write(literally: "\n<script>")
      writer.write(literally: script)
      writer.write(literally: "</script>")
    }
    writer.write(literally: "\n</body>\n</html>\n")
    return writer.bytes
  }

  /// Writes the page; the old one at the path stays whole until the new one is.
  package func write(to path: String, in folder: OpenFolder? = nil) throws(FileError) {
    try AtomicFile.write(bytes, to: path, in: folder)
  }

  /// What a browser may do with the page (https://www.w3.org/TR/CSP3/).
  private var policy: String {
    func sources(_ texts: [StaticString]) -> String {
      texts.map { "'sha256-\(SHA256.base64(Array($0.description.utf8)))'" }.joined(separator: " ")
    }
    let images = content.contains(where: \.hasPictures) ? "img-src data:; " : ""
    return
      "default-src 'none'; \(images)style-src \(sources(styles)); script-src \(sources(scripts)); "
      + "base-uri 'none'; form-action 'none'"
  }
}
