import CDragoman
import DragomanTestSupport
import DragomanTranslation
import Foundation
import Testing

/// The functions as a C program sees them: through the header.
@Suite struct `The C interface` {
  /// A small model in a file.
  struct Model {
    let folder: TemporaryFolder
    let path: String
    let translator: Translator

    init() throws {
      folder = try TemporaryFolder()
      path = folder["m.safetensors"]
      try SmallModel.file().write(to: path)
      translator = try Translator(path: path, threads: 1)
    }

    /// What a body that is given the translator's handle returns.
    func loaded<Result>(_ body: (OpaquePointer) throws -> Result) throws -> Result {
      let handle = try #require(dragoman_load(path, 1, nil))
      defer { dragoman_unload(handle) }
      return try body(handle)
    }
  }

  /// A string that a function gave, freed.
  static func taken(_ string: UnsafeMutablePointer<CChar>?) -> String? {
    defer { dragoman_free_string(string) }
    return string.map { String(cString: $0) }
  }

  /// What a call returns, and its message.
  static func call<Result>(
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) throws -> Result
  ) rethrows -> (result: Result, message: String?) {
    // What was there before must not be taken for a message.
    var error = UnsafeMutablePointer<CChar>(bitPattern: 1)
    let result = try body(&error)
    return (result, taken(error))
  }

  static func translate(
    _ handle: OpaquePointer?, _ line: String?, _ options: String? = nil
  ) -> (text: String?, message: String?) {
    let (text, message) = call { dragoman_translate(handle, line, options, $0) }
    return (taken(text), message)
  }

  @Test func `has the version of the library`() {
    #expect(String(cString: dragoman_version()) == Translator.version)
  }

  @Test func `reads text without a byte order mark`() throws {
    let model = try Model()
    try model.loaded { handle in
      let plain = Self.translate(handle, "the cat sat")
      #expect(Self.translate(handle, "\u{FEFF}the cat sat").text == plain.text)
      #expect(plain.message == nil)
    }
  }

  @Test func `translates as the library does, with options and without`() throws {
    let model = try Model()
    var wide = model.translator
    wide.decoding.beam = 3
    wide.decoding.maximumLength = 7
    try model.loaded { handle in
      for line in ["the cat sat on the mat .", "a b c", "", "  ", "a\nb", "quux é 猫"] {
        let (text, message) = Self.translate(handle, line)
        #expect(text == model.translator.translate(line).text && message == nil)
        #expect(
          Self.translate(handle, line, #"{"beam": 3, "maximumLength": 7}"#).text
            == wide.translate(line).text)
      }
      #expect(Self.translate(handle, "a b", #"{"search": "sampling", "seed": 3}"#).message == nil)
    }
  }

  @Test func `translates lines together`() throws {
    let model = try Model()
    let lines = ["the cat", "", "a b c d"]
    try model.loaded { handle in
      let strings = lines.map { strdup($0) }
      defer { for string in strings { free(string) } }
      let pointers = strings.map { UnsafePointer<CChar>($0) }
      var found = [UnsafeMutablePointer<CChar>?](repeating: nil, count: 3)
      let (status, message) = Self.call {
        dragoman_translate_batch(handle, pointers, 3, nil, &found, $0)
      }
      #expect(status == 0 && message == nil)
      #expect(found.map { Self.taken($0) } == model.translator.translate(lines).map(\.text))
      #expect(dragoman_translate_batch(handle, nil, 0, nil, nil, nil) == 0)

      var holes = pointers
      holes[1] = nil
      found = [UnsafeMutablePointer<CChar>?](repeating: .init(bitPattern: 1), count: 3)
      let failure = Self.call {
        dragoman_translate_batch(handle, holes, 3, nil, &found, $0)
      }
      #expect(failure.result == 1 && found == [nil, nil, nil])
      #expect(
        failure.message == "lines[1]: expected text in UTF-8 that ends with a NUL, found NULL")
      #expect(
        Self.call { dragoman_translate_batch(handle, nil, 2, nil, &found, $0) }.message
          == "lines: expected 2 lines, found NULL")
      #expect(
        Self.call { dragoman_translate_batch(handle, pointers, 2, nil, nil, $0) }.message
          == "translations: expected room for 2 pointers, found NULL")
      #expect(
        Self.call { dragoman_translate_batch(handle, pointers, .max, nil, nil, $0) }
          .message?.hasPrefix("translations: ") == true)
    }
  }

  /// Notes pieces, and stops after as many as are wanted.
  final class Reader {
    var pieces: [String] = []
    var limit = Int.max
    var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }
    static let function: dragoman_piece_function = { piece, context in
      guard let piece, let context else { return 1 }
      let reader = Unmanaged<Reader>.fromOpaque(context).takeUnretainedValue()
      reader.pieces.append(String(cString: piece))
      return reader.pieces.count >= reader.limit ? 1 : 0
    }
  }

  @Test func `gives a translation in pieces and stops when asked to`() throws {
    let model = try Model()
    let line = "the cat sat on the mat ."
    let expected = model.translator.translate(line).text
    try model.loaded { handle in
      let reader = Reader()
      #expect(
        dragoman_stream(handle, line, nil, Reader.function, reader.pointer, nil) == 0)
      #expect(reader.pieces.joined() == expected && !reader.pieces.contains(""))
      try #require(reader.pieces.count > 2)
      let impatient = Reader()
      impatient.limit = 2
      let (status, message) = Self.call {
        dragoman_stream(handle, line, nil, Reader.function, impatient.pointer, $0)
      }
      #expect(status == 2 && message == nil)
      #expect(impatient.pieces == Array(reader.pieces.prefix(2)))
      let failure = Self.call { dragoman_stream(handle, line, nil, nil, nil, $0) }
      #expect(failure.result == 1 && failure.message == "piece: expected a function, found NULL")
    }
  }

  @Test func `says what is wrong with a file`() throws {
    let model = try Model()
    func message(_ path: String?, threads: Int32 = 1) -> String? {
      let (handle, message) = Self.call { dragoman_load(path, threads, $0) }
      #expect(handle == nil)
      return message?.replacingOccurrences(of: model.folder.path + "/", with: "")
    }
    #expect(message(nil) == "path: expected text in UTF-8 that ends with a NUL, found NULL")
    let missing = message(model.folder["n.safetensors"])
    #expect(
      missing?.hasPrefix("n.safetensors: cannot open the file: No such file or directory") == true)
    #expect(message(model.folder.path)?.contains("it is a folder and not a file") == true)
    let bytes = Array(try Data(contentsOf: URL(filePath: model.path)))
    let short = try model.folder.write("short", Array(bytes.prefix(bytes.count / 2)))
    #expect(message(short)?.hasPrefix("short: ") == true)
    var damaged = bytes
    damaged[bytes.count - 9] ^= 0x10
    #expect(
      message(try model.folder.write("damaged", damaged))?.contains("the checksum is ") == true)
    #expect(message(try model.folder.write("text", "no model"))?.hasPrefix("text: ") == true)
    for threads: Int32 in [-1, 1025, .max, .min] {
      #expect(
        message(model.path, threads: threads)
          == "threads: expected 0 (all processors) to 1024, found \(threads)")
    }
    // A message that nobody wants is none.
    #expect(dragoman_load("/nonexistent", 0, nil) == nil)
  }

  @Test func `refuses translators that are not there`() throws {
    let model = try Model()
    let handle = try #require(dragoman_load(model.path, 1, nil))
    dragoman_unload(handle)
    dragoman_unload(handle)
    dragoman_unload(nil)
    let unloaded =
      "translator: expected what dragoman_load returned, found one that is not loaded, or was unloaded"
    #expect(Self.translate(handle, "a").message == unloaded)
    #expect(Self.translate(OpaquePointer(bitPattern: UInt.max), "a").message == unloaded)
    let (text, message) = Self.translate(nil, "a")
    #expect(
      text == nil && message == "translator: expected what dragoman_load returned, found NULL")
    dragoman_free_string(nil)
  }

  @Test func `refuses text and options that are wrong`() throws {
    try Model().loaded { handle in
      #expect(
        Self.translate(handle, nil).message
          == "line: expected text in UTF-8 that ends with a NUL, found NULL")
      for (bytes, place) in [
        ([0x61, 0xFF], 1), ([0xED, 0xA0, 0x80], 0), ([0x61, 0x62, 0xC3], 2),
      ] {
        let line = bytes.map { CChar(bitPattern: UInt8($0)) } + [0]
        let (text, message) = Self.call { dragoman_translate(handle, line, nil, $0) }
        let byte = String(bytes[place], radix: 16, uppercase: true)
        #expect(text == nil)
        #expect(message == "line: expected text in UTF-8, found the byte 0x\(byte) at \(place)")
      }
      func message(_ options: String) -> String {
        Self.translate(handle, "a", options).message ?? ""
      }
      #expect(message("{").hasPrefix("options:1:2: expected "))
      #expect(message("3").hasPrefix("options:1:1: the configuration is 3; it must be an object"))
      #expect(message(#"{"beem": 3}"#).contains(#"did you mean "beam"?"#))
      #expect(message(#"{"beam": 0}"#) == "options:1:10: beam is 0; it must be at least 1")
      #expect(message(#"{"beam": "wide"}"#).hasPrefix("options:1:10: "))
      #expect(
        message(String(repeating: "[", count: 100_000)).hasPrefix("options:1:"))
    }
  }

  @Test func `serves several threads at once, also while a translator is unloaded`() throws {
    let model = try Model()
    let lines = ["the cat sat on the mat .", "a b c", "h g f e d"]
    let expected = model.translator.translate(lines).map(\.text)
    try model.loaded { handle in
      let number = UInt(bitPattern: handle)
      DispatchQueue.concurrentPerform(iterations: 12) { thread in
        for (line, text) in zip(lines, expected) {
          #expect(Self.translate(OpaquePointer(bitPattern: number), line).text == text)
          // Loads and unloads of others do not disturb.
          let other = dragoman_load(model.path, 1, nil)
          #expect(Self.translate(other, line).text == text)
          dragoman_unload(other)
        }
      }
    }
    let handle = UInt(bitPattern: try #require(dragoman_load(model.path, 2, nil)))
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      if thread == 3 { dragoman_unload(OpaquePointer(bitPattern: handle)) }
      // Either it is still there, or it is not; nothing else.
      let (text, message) = Self.translate(OpaquePointer(bitPattern: handle), lines[0])
      #expect(text == expected[0] || message?.hasPrefix("translator: ") == true)
    }
  }

  @Test func `refuses a line that would take all memory`() throws {
    let long = String(repeating: "a ", count: 400_000)
    try Model().loaded { handle in
      let (text, message) = Self.translate(handle, long)
      #expect(text == nil)
      #expect(
        message == """
          400,000 tokens, but at most 10,000 are read. Cut it into sentences, or raise the limit: \
          DRAGOMAN_LINE_TOKENS=N in the environment.
          """)
      var found = [UnsafeMutablePointer<CChar>?](repeating: nil, count: 1)
      let (code, batch) = long.withCString { line in
        [UnsafePointer<CChar>?](arrayLiteral: line).withUnsafeBufferPointer { lines in
          Self.call { dragoman_translate_batch(handle, lines.baseAddress, 1, nil, &found, $0) }
        }
      }
      #expect(code != 0)
      #expect(batch?.hasPrefix("line 1: 400,000 tokens") == true && found[0] == nil)
    }
  }
}
