/// What can be done with a key.
enum Key: Equatable {
  case text(Unicode.Scalar)
  case enter, cancel, endOfInput, clearScreen
  case left, right, home, end, wordLeft, wordRight, up, down
  case backspace, delete, killToStart, killToEnd, killWord, killNextWord, yank
}

/// Turns the bytes of a terminal into keys: UTF-8, control characters and escape sequences (ECMA-48, section 5.4).
///
/// Unknown sequences and control characters mean nothing. Bytes that are not UTF-8 become U+FFFD.
struct KeyDecoder {
  private enum State {
    /// Between keys.
    case plain
    /// Behind ESC.
    case escape
    /// Behind ESC [ or ESC O, with what came since.
    case sequence([UInt8])
    /// In a scalar of UTF-8 of so many bytes.
    case scalar([UInt8], length: Int)
  }

  private var state = State.plain

  /// Takes a byte; the key, if it completes one.
  mutating func feed(_ byte: UInt8) -> Key? {
    switch state {
    case .plain: return plain(byte)
    case .escape:
      state = .plain
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "O"):
        state = .sequence([])
        return nil
      case UInt8(ascii: "b"): return .wordLeft
      case UInt8(ascii: "f"): return .wordRight
      case UInt8(ascii: "d"): return .killNextWord
      case 0x7F, 0x08: return .killWord
      case 0x1B:
        state = .escape
        return nil
      default: return nil
      }
    case .sequence(let parameters):
      // Parameters and intermediates lie below "@"; the byte after them ends the sequence.
      guard byte >= 0x40 else {
        state = byte >= 0x20 && parameters.count < 16 ? .sequence(parameters + [byte]) : .plain
        return nil
      }
      state = .plain
      return Self.key(byte, String(decoding: parameters, as: UTF8.self))
    case .scalar(let bytes, let length):
      guard byte & 0xC0 == 0x80 else {
        // What follows a scalar that was cut short begins anew; a key after it takes the place of the damage.
        state = .plain
        let key = plain(byte)
        return key ?? .text("\u{FFFD}")
      }
      let bytes = bytes + [byte]
      guard bytes.count == length else {
        state = .scalar(bytes, length: length)
        return nil
      }
      state = .plain
      return .text(String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}")
    }
  }

  private mutating func plain(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x01: return .home
    case 0x02: return .left
    case 0x03: return .cancel
    case 0x04: return .endOfInput
    case 0x05: return .end
    case 0x06: return .right
    case 0x08, 0x7F: return .backspace
    case 0x09: return .text(" ")
    case 0x0A, 0x0D: return .enter
    case 0x0B: return .killToEnd
    case 0x0C: return .clearScreen
    case 0x0E: return .down
    case 0x10: return .up
    case 0x15: return .killToStart
    case 0x17: return .killWord
    case 0x19: return .yank
    case 0x1B: state = .escape
    case 0x20..<0x7F: return .text(Unicode.Scalar(byte))
    case 0xC2...0xDF: state = .scalar([byte], length: 2)
    case 0xE0...0xEF: state = .scalar([byte], length: 3)
    case 0xF0...0xF4: state = .scalar([byte], length: 4)
    case 0x80...: return .text("\u{FFFD}")
    default: break
    }
    return nil
  }

  /// The key of a control sequence, as xterm and the Linux console send it.
  private static func key(_ last: UInt8, _ parameters: String) -> Key? {
    // 1;5 and 1;3 are Ctrl and Alt.
    let isWord = parameters.hasSuffix(";5") || parameters.hasSuffix(";3")
    switch Character(Unicode.Scalar(last)) {
    case "A": return .up
    case "B": return .down
    case "C": return isWord ? .wordRight : .right
    case "D": return isWord ? .wordLeft : .left
    case "H": return .home
    case "F": return .end
    case "~":
      switch parameters {
      case "1", "7": return .home
      case "4", "8": return .end
      case "3": return .delete
      default: return nil
      }
    default: return nil
    }
  }
}
