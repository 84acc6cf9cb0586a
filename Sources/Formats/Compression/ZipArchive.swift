import DragomanSystem

/// The members of a zip archive, read on demand; APPNOTE.TXT 6.3.10 of PKWARE, as NumPy's `.npz` files need it.
///
/// Members are stored or deflated. The list at the end of the file counts, since what stands before a member may be
/// left open; sizes beyond 4 GiB, encryption and archives in several parts are refused. Nothing is believed: places and
/// sizes are compared with the file, the size of a member bounds what is unpacked, and its CRC-32 is checked.
package struct ZipArchive: Sendable {
  /// A file in the archive.
  package struct Member: Sendable, Equatable {
    /// Its name, with the folders it lies in.
    package let name: String
    /// Bytes of it, unpacked.
    package let size: Int
    /// Bytes of it in the archive.
    let packedSize: Int
    /// How it is packed: 0 stored, 8 DEFLATE.
    let method: Int
    /// The CRC-32 of its bytes.
    let checksum: UInt32
    /// Where its own header stands.
    let place: Int
    /// Where the list names it, for messages.
    let listed: Int
  }

  /// How a zip archive begins.
  package static let magic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// The archive's path.
  package var path: String { file.path }
  /// The members in the order of the list.
  package let members: [Member]
  private let file: InputFile

  /// Opens an archive and reads its list; throws a ``FormatError`` or a ``FileError``.
  package init(path: String) throws {
    guard !Files.isStream(path) else {
      throw FileError(
        file: path, wanted: "read arrays from it", reason: "it is not a plain file",
        remedy: "Save what it gives in a file first.")
    }
    let file = try InputFile(path)
    self.file = file
    let list = try Self.findList(file)
    let bytes = try file.read(list.size, at: list.start)
    var members: [Member] = []
    var at = 0
    while members.count < list.count {
      guard let (member, length) = try Self.member(bytes, at, list.start, file) else {
        throw Self.damaged(
          file, list.start + at, "the list of \(list.count) members",
          "its end after \(members.count)")
      }
      members.append(member)
      at += length
    }
    self.members = members
  }

  /// The bytes of a member, of which there may be at most `limit`.
  package func read(_ member: Member, atMost limit: Int) throws -> [UInt8] {
    guard member.size <= limit else {
      throw FormatError.bytes(
        file: path, offset: member.listed,
        expected: "at most \(NumberText.grouped(limit)) bytes in \(Excerpt.quoted(member.name))",
        found: NumberText.grouped(member.size), remedy: "Split it into smaller parts.")
    }
    let header = try file.read(30, at: member.place)
    guard header.count == 30, header.starts(with: Self.magic) else {
      throw Self.damaged(
        file, member.place, "the header of \(Excerpt.quoted(member.name))", "something else")
    }
    // The name and further fields stand before the data; they may differ from those in the list.
    let start = member.place + 30 + header.number(26, 2) + header.number(28, 2)
    guard start <= file.size, member.packedSize <= file.size - start else {
      throw Self.damaged(
        file, member.place,
        "\(NumberText.grouped(member.packedSize)) bytes of "
          + Excerpt.quoted(member.name), "the end of the file")
    }
    let packed = try file.read(member.packedSize, at: start)
    let bytes: [UInt8]
    if member.method == 8 {
      do { bytes = try Deflate.unpack(packed, size: member.size) } catch {
        throw error.inFile(path) { start + $0 }
      }
    } else {
      bytes = packed
    }
    guard bytes.count == member.size else {
      throw Self.damaged(
        file, member.place,
        "\(NumberText.grouped(member.size)) bytes of "
          + Excerpt.quoted(member.name), NumberText.grouped(bytes.count))
    }
    let checksum = CRC32(of: bytes[...]).value
    guard checksum == member.checksum else {
      throw InflateError.checksum(member.checksum, checksum, at: start).inFile(path)
    }
    return bytes
  }

  // MARK: The list

  private static func damaged(
    _ file: InputFile, _ offset: Int, _ expected: String, _ found: String
  ) -> FormatError {
    .bytes(
      file: file.path, offset: offset, expected: expected, found: found,
      remedy: InflateError.damaged)
  }

  /// Where the list stands, by the record at the end of the file, after which there may be a comment.
  private static func findList(
    _ file: InputFile
  ) throws -> (start: Int, size: Int, count: Int) {
    let reach = min(file.size, 22 + 0xFFFF)
    let tail = try file.read(reach, at: file.size - reach)
    var at = tail.count - 22
    while at >= 0 {
      if tail[at] == 0x50, tail[at...].starts(with: [0x50, 0x4B, 0x05, 0x06]),
        tail.number(at + 20, 2) == tail.count - at - 22
      {
        break
      }
      at -= 1
    }
    guard at >= 0 else {
      throw damaged(
        file, file.size, "a zip archive with the list of its members at the end", "none")
    }
    let place = file.size - reach + at
    let (count, size, start) = (
      tail.number(at + 10, 2), tail.number(at + 12, 4), tail.number(at + 16, 4)
    )
    guard count < 0xFFFF, size < 0xFFFF_FFFF, start < 0xFFFF_FFFF else {
      throw FormatError.bytes(
        file: file.path, offset: place, expected: "an archive of less than 4 GiB",
        found: "one with sizes of 64 bits",
        remedy: "Save each array in a file of its own with 'numpy.save'.")
    }
    guard tail.number(at + 4, 2) == 0, tail.number(at + 8, 2) == count else {
      throw damaged(file, place, "an archive in one part", "one of several")
    }
    guard start <= place, size <= place - start else {
      throw damaged(
        file, place, "a list of members before this place", "one from \(start) to \(start + size)")
    }
    return (start, size, count)
  }

  /// A member of the list and the length of what says so; `nil` at the end.
  private static func member(
    _ bytes: [UInt8], _ at: Int, _ start: Int, _ file: InputFile
  ) throws -> (Member, length: Int)? {
    guard at + 46 <= bytes.count, bytes[at...].starts(with: [0x50, 0x4B, 0x01, 0x02]) else {
      return nil
    }
    let (flags, method) = (bytes.number(at + 8, 2), bytes.number(at + 10, 2))
    let (packed, size) = (bytes.number(at + 20, 4), bytes.number(at + 24, 4))
    let nameLength = bytes.number(at + 28, 2)
    let length = 46 + nameLength + bytes.number(at + 30, 2) + bytes.number(at + 32, 2)
    let place = bytes.number(at + 42, 4)
    guard at + length <= bytes.count else { return nil }
    let name = String(decoding: bytes[(at + 46)..<(at + 46 + nameLength)], as: UTF8.self)
    func refuse(_ expected: String, _ found: String, _ remedy: String?) -> FormatError {
      .bytes(
        file: file.path, offset: start + at, expected: "\(expected) \(Excerpt.quoted(name))",
        found: found, remedy: remedy ?? InflateError.damaged)
    }
    let again = "Write the archive again, for example with 'numpy.savez'."
    guard flags & 1 == 0 else { throw refuse("a plain member", "an encrypted one", again) }
    guard method == 0 || method == 8 else {
      throw refuse("a stored or deflated member", "the method \(method)", again)
    }
    guard packed < 0xFFFF_FFFF, size < 0xFFFF_FFFF, place < 0xFFFF_FFFF else {
      throw refuse(
        "less than 4 GiB in the member", "sizes of 64 bits",
        "Save each array in a file of its own with 'numpy.save'.")
    }
    guard place <= start, packed <= start - place else {
      throw refuse("the bytes of the member before the list, those of", "others", nil)
    }
    let member = Member(
      name: name, size: size, packedSize: packed, method: method,
      checksum: UInt32(bytes.number(at + 16, 4)), place: place, listed: start + at)
    return (member, length)
  }
}

extension [UInt8] {
  /// A number of so many bytes, the lowest first.
  fileprivate func number(_ at: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(self[at + $1]) << (8 * $1) }
  }
}
