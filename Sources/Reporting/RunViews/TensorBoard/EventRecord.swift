import DragomanFormats

/// A record of an event file: framed bytes that hold one `Event`.
///
/// A record is the length of its content (u64), the masked checksum of these eight bytes, the content, and its masked
/// checksum, all little-endian; checksums are CRC-32C (TensorFlow, `core/lib/io/record_writer.h`,
/// `core/util/event.proto`, `core/framework/summary.proto`).
enum EventRecord {
  /// What a file begins with: the version of its events.
  static func version(time: Double) -> [UInt8] {
    event(time: time, step: 0) { $0.add(3, "brain.Event:2") }
  }

  /// The run begins again after a step: readers forget what they know of this step and later ones.
  static func restart(time: Double, step: Int) -> [UInt8] {
    var session = ProtobufMessage()
    // SessionLog.status = START.
    session.add(1, varint: 1)
    return event(time: time, step: step) { $0.add(7, session) }
  }

  /// Figures after an update, by their names.
  static func scalars(_ values: [(tag: String, value: Double)], time: Double, step: Int) -> [UInt8]
  {
    summary(
      values.map { tag, number in
        var value = ProtobufMessage()
        value.add(1, tag)
        value.add(2, Float(number))
        return value
      }, time: time, step: step)
  }

  /// Texts after an update, by their names; TensorBoard shows them as Markdown.
  static func texts(_ texts: [(tag: String, text: String)], time: Double, step: Int) -> [UInt8] {
    var plugin = ProtobufMessage()
    plugin.add(1, "text")
    var metadata = ProtobufMessage()
    metadata.add(1, plugin)
    var dimension = ProtobufMessage()
    dimension.add(1, varint: 1)
    var shape = ProtobufMessage()
    shape.add(2, dimension)
    return summary(
      texts.map { tag, text in
        var tensor = ProtobufMessage()
        // DT_STRING.
        tensor.add(1, varint: 7)
        tensor.add(2, shape)
        tensor.add(8, text)
        var value = ProtobufMessage()
        value.add(1, tag)
        value.add(8, tensor)
        value.add(9, metadata)
        return value
      }, time: time, step: step)
  }

  private static func summary(
    _ values: [ProtobufMessage], time: Double, step: Int
  ) -> [UInt8] {
    event(time: time, step: step) { event in
      var summary = ProtobufMessage()
      for value in values { summary.add(1, value) }
      event.add(5, summary)
    }
  }

  private static func event(
    time: Double, step: Int, _ content: (inout ProtobufMessage) -> Void
  ) -> [UInt8] {
    var event = ProtobufMessage()
    event.add(1, time)
    if step != 0 { event.add(2, varint: step) }
    content(&event)
    return framed(event.bytes)
  }

  // MARK: Framing

  static func framed(_ content: [UInt8]) -> [UInt8] {
    let length = ProtobufMessage.littleEndian(UInt64(content.count))
    return length + ProtobufMessage.littleEndian(maskedChecksum(length)) + content
      + ProtobufMessage.littleEndian(maskedChecksum(content))
  }

  /// A checksum turned and moved, since that of bytes which hold their own checksum would say little.
  static func maskedChecksum(_ bytes: [UInt8]) -> UInt32 {
    var checksum = Checksum()
    checksum.add(bytes)
    let value = checksum.value
    return (value >> 15 | value << 17) &+ 0xA282_EAD8
  }

  /// How many bytes of a file hold whole records up to a step; what follows was cut short or came later.
  static func length(of file: [UInt8], upTo step: Int) -> Int {
    var at = 0
    while at + 16 <= file.count {
      let size = number(file[at..<at + 8])
      guard size <= UInt64(file.count - at - 16), checksum(file, at, 8) else { break }
      let end = at + 16 + Int(size)
      guard checksum(file, at + 12, Int(size)), Self.step(file[at + 12..<end - 4]) <= step
      else { break }
      at = end
    }
    return at
  }

  private static func checksum(_ file: [UInt8], _ start: Int, _ count: Int) -> Bool {
    let end = start + count
    return maskedChecksum(Array(file[start..<end])) == UInt32(number(file[end..<end + 4]))
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The step of an event as ``event(time:step:_:)`` writes it: after the key and the eight bytes of the time.
  private static func step(_ event: ArraySlice<UInt8>) -> Int {
    var bytes = event.dropFirst(9)
    guard bytes.popFirst() == 2 << 3 else { return 0 }
    var (value, shift) = (UInt64(0), UInt64(0))
    while let byte = bytes.popFirst(), shift < 64 {
      value |= UInt64(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { break }
    }
    return Int(truncatingIfNeeded: value)
  }
}
