/// The name of a character encoding, as files state it.
package enum CharsetName {
  /// Whether a name can be one, so that it may stand in a command that we advise: letters, digits and a few signs.
  package static func isSound(_ name: String) -> Bool {
    (1...40).contains(name.utf8.count) && name.utf8.first != UInt8(ascii: "-")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."), UInt8(ascii: ":"):
          true
        default: false
        }
      }
  }

  /// Whether text in it is UTF-8, or a part of that.
  package static func isUTF8(_ name: String) -> Bool {
    ["utf-8", "utf8", "us-ascii", "ascii", "ansi_x3.4-1968"].contains(name.lowercased())
  }

  /// Whether ASCII is never written as the bytes of ASCII: files in it are no UTF-8, whatever they hold.
  package static func isWide(_ name: String) -> Bool {
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    return ["utf16", "utf32", "ucs2", "ucs4", "iso10646"].contains { plain.hasPrefix($0) }
  }

  /// Whether text in it is written with bytes of ASCII that stand for something else.
  package static func isEscaped(_ name: String) -> Bool {
    let plain = name.lowercased()
    return plain.hasPrefix("iso-2022") || plain.hasPrefix("utf-7") || plain.hasPrefix("hz")
  }

  /// A sentence that says how such a file becomes UTF-8; a name that cannot be one is in no command.
  package static func remedy(_ name: String) -> String {
    isSound(name)
      ? "Convert it with 'iconv -f \(name) -t UTF-8'."
      : "Find out how it is encoded, and convert it to UTF-8 with 'iconv'."
  }

  /// The name for a message.
  package static func shown(_ name: String) -> String {
    isSound(name) ? name : Excerpt.quoted(name)
  }
}
