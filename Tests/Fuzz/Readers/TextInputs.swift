import DragomanFuzzEntry

@testable import DragomanFormats
@testable import DragomanText

/// Text: JSON, vocabularies, sentences.
enum TextInputs {
  /// JSON is written as it was read.
  static func json(_ bytes: [UInt8]) {
    Promise.attempt {
      let json = try JSON.parse(bytes, file: "input")
      for isPretty in [false, true] {
        let text = json.serialized(pretty: isPretty)
        let again = try? JSON.parse(Array(text.utf8), file: "again")
        Promise.keep(again?.serialized(pretty: isPretty) == text, "JSON that is written: \(text)")
      }
    }
  }

  /// A tokenizer and its vocabulary, and then a line.
  static func codec(_ bytes: [UInt8]) {
    let parts = bytes.parts
    Promise.attempt {
      let json = try JSON.parse(parts[0], file: "input")
      let codec = try TextCodec(json, file: "input")
      do {
        let again = try TextCodec(codec.json, file: "again")
        Promise.keep(again == codec, "a codec that is written")
      } catch { fatalError("a codec that is written: \(error)") }
      for line in ["the cat, sat ▁ <s> ￭ 42.", Array(parts.dropFirst().joined()).text] {
        decode(codec.encode(line), codec)
      }
      decode(Array(0..<Int32(min(codec.vocabulary.count, 400))), codec)
    }
  }

  /// Numbers become the same text at once and one by one.
  private static func decode(_ ids: [Int32], _ codec: TextCodec) {
    let whole = codec.decode(ids)
    var decoder = TextDecoder(codec)
    var parts = ""
    for id in ids { parts += decoder.append(id) }
    parts += decoder.finish()
    Promise.keep(
      ExactText.areEqual(parts, whole), "\(parts.debugDescription), whole \(whole.debugDescription)"
    )
    Promise.keep(codec.words(of: ids).count == ids.count, "words of \(ids)")
    for id in ids.prefix(50) { _ = codec.display(id) }
  }

  private static let codecs: [TextCodec] = {
    let lines = [
      "the cat sat on the mat .", "the hat, the Bat and the rat!",
      "é e\u{301} ﬁ Å 1,234.5 '90s don't", "日本 語 ▁ ￭ <s>",
    ]
    return [TextSide.source, .target].flatMap { side in
      TokenizerKind.allCases.flatMap { kind in
        [
          TextNormalization(), TextNormalization(form: .nfc, punctuation: .folded),
          TextNormalization(form: .nfkc, lowercase: .both),
        ].map {
          TextCodec.trained(on: lines, kind: kind, vocabularySize: 320, $0, side: side)
        }
      }
    }
  }()

  /// The first byte says how; a line in its form stays in it, and comes back from its tokens.
  static func roundTrip(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let raw = bytes.dropFirst().filter { $0 != 0x0A }
    let codec = codecs[Int(first) % codecs.count]
    let line = Array(raw).text
    let normal = codec.tokenizer.normalize(line)
    Promise.keep(
      ExactText.areEqual(codec.tokenizer.normalize(normal), normal),
      "\(line.debugDescription) becomes \(normal.debugDescription), and that something else")
    let ids = codec.encode(line)
    decode(ids, codec)
    if !ids.contains(codec.vocabulary.unknown) {
      let text = codec.decode(ids)
      Promise.keep(
        ExactText.areEqual(text, normal),
        "\(normal.debugDescription) comes back as \(text.debugDescription)")
    }
    let tokens = codec.tokenizer.tokenize(line)
    Promise.keep(
      ExactText.areEqual(codec.tokenizer.detokenize(tokens), normal),
      "tokens \(tokens) of \(normal.debugDescription)")
    for scalar in TerminalText.visible(line).unicodeScalars {
      Promise.keep(scalar.value >= 0x20 || scalar == "\t", "a control character is shown")
    }
    look(at: Array(line.utf8), raw: Array(raw))
  }

  /// What `check` looks for in lines.
  private static func look(at line: [UInt8], raw: [UInt8]) {
    _ = TextFlaw(raw.span)
    _ = ForeignText(raw)
    _ = WideText(raw)
    _ = LineContents(line[...])
    _ = PairContents(line[...], line[...])
    _ = DoubleDecoding(in: line.span)
    if let decoded = HTMLEntities.decoded(line[...]) {
      Promise.keep(UTF8Check.firstInvalid(decoded.text) == nil, "entities of \(line)")
    }
  }
}
