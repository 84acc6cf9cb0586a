import DragomanFormats
import Testing

@testable import DragomanText

@Suite struct `A text codec in a model file` {
  @Test(arguments: TokenizerKind.allCases) func `comes back as it was`(kind: TokenizerKind) throws {
    let lines = NastyText.lines + NastyText.lines
    for (normalization, side) in [
      (TextNormalization(), TextSide.source), (TextNormalization(lowercase: .both), .target),
      (TextNormalization(form: .nfc, lowercase: .source, punctuation: .folded), .source),
      (TextNormalization(form: .nfc, lowercase: .source, punctuation: .folded), .target),
      (TextNormalization(form: .nfkc), .source),
    ] {
      let codec = TextCodec.trained(
        on: lines, kind: kind, vocabularySize: 600, normalization, side: side)
      let text = codec.json.serialized()
      let read = try TextCodec(JSON.parse(Array(text.utf8), file: "m"), side: side, file: "m")
      #expect(read == codec)
      #expect(read.json.serialized() == text)
      for line in lines { #expect(read.encode(line) == codec.encode(line)) }
    }
  }

  @Test func `keeps a vocabulary of its own beside pieces`() throws {
    let pieces = TextCodec.trained(on: ["ab ab"], kind: .bpe, vocabularySize: 300)
    let codec = TextCodec(
      tokenizer: pieces.tokenizer, vocabulary: Vocabulary(pieces.vocabulary.tokens.reversed()))
    let read = try TextCodec(
      JSON.parse(Array(codec.json.serialized().utf8), file: "m"), file: "m")
    #expect(read == codec)
    #expect(read.decode(read.encode("ab é")) == "ab é")
  }

  @Test func `is compact`() {
    let codec = TextCodec.trained(on: ["ab ab"], kind: .bpe, vocabularySize: 300)
    #expect(
      codec.json.serialized() == """
        {"kind":"bpe","lowercase":false,"alphabet":" ab","merges":[256,257,259,258]}
        """)
  }

  @Test func `states its normalisation only where there is one`() {
    let codec = TextCodec.trained(
      on: ["ab ab"], kind: .word, vocabularySize: 300,
      TextNormalization(form: .nfc, lowercase: .source, punctuation: .folded))
    #expect(
      codec.json.serialized() == """
        {"kind":"word","lowercase":"source","normalization":"nfc","punctuation":"folded",\
        "vocabulary":["<unk>","<s>","</s>","ab"]}
        """)
  }

  @Test(arguments: [
    ("{}", "m:1:1: expected 'kind', found none"),
    (
      "{\"kind\":\"words\"}",
      "m:1:9: expected one of word, character, bpe, found \"words\""
    ),
    (
      "{\"kind\":\"word\",\"lowercase\":1}",
      "m:1:28: expected true, false or \"source\", found 1"
    ),
    (
      "{\"kind\":\"word\",\"normalization\":\"nfd\"}",
      "m:1:32: expected one of none, nfc, nfkc, found \"nfd\""
    ),
    (
      "{\"kind\":\"word\",\"lowercase\":\"source\",\"punctuation\":1}",
      "m:1:51: expected one of asIs, folded, found 1"
    ),
    (
      "{\"kind\":\"word\",\"lowercase\":true,\"vocabulary\":{}}",
      "m:1:46: expected an array of strings, found an object"
    ),
    (
      "{\"kind\":\"word\",\"lowercase\":true,\"vocabulary\":[\"<unk>\",7]}",
      "m:1:55: expected a string, found 7"
    ),
    (
      "{\"kind\":\"word\",\"lowercase\":true,\"vocabulary\":[\"<unk>\",\"</s>\"]}",
      "m:1:46: expected the special token '<s>', found none"
    ),
    (
      "{\"kind\":\"word\",\"lowercase\":true,\"vocabulary\":[\"<unk>\",\"<s>\",\"</s>\",\"a\",\"a\"]}",
      "m:1:72: expected tokens that differ, found 'a' as in place 3"
    ),
    (
      "{\"kind\":\"bpe\",\"lowercase\":true,\"alphabet\":\"aba\",\"merges\":[]}",
      "m:1:43: expected scalars that differ, without ▁, found a scalar twice"
    ),
    (
      "{\"kind\":\"bpe\",\"lowercase\":true,\"alphabet\":\"ab\",\"merges\":[256]}",
      "m:1:57: expected two numbers per merge, found 1 in all"
    ),
    (
      "{\"kind\":\"bpe\",\"lowercase\":true,\"alphabet\":\"ab\",\"merges\":[256,258]}",
      "m:1:62: expected the number of a piece in 256..<258, found 258"
    ),
    (
      "{\"kind\":\"bpe\",\"lowercase\":true,\"alphabet\":\"ab\",\"merges\":[256,97]}",
      "m:1:62: expected the number of a piece in 256..<258, found 97"
    ),
    (
      "{\"kind\":\"bpe\",\"lowercase\":true,\"alphabet\":\"ab\",\"merges\":[256,257,256,257]}",
      "m:1:66: expected merges that differ, found 256 and 257 again"
    ),
    (
      "{\"kind\":\"bpe\",\"lowercase\":true,\"alphabet\":\"ab\",\"merges\":[256,256,256,256]}",
      "m:1:66: expected merges that differ, found 256 and 256 again"
    ),
    (
      "{\"kind\":\"bpe\",\"lowercase\":true,\"alphabet\":\"a\",\"merges\":["
        + (256..<271).map { "\($0),\($0)" }.joined(separator: ",") + "]}",
      "m:1:169: expected pieces of at most 16384 bytes, 268435456 in all, found one of 32768"
    ),
  ]) func `says what is wrong with it and where`(text: String, message: String) throws {
    let json = try JSON.parse(Array(text.utf8), file: "m")
    let error = #expect(throws: FormatError.self) { try TextCodec(json, file: "m") }
    #expect(error?.description == message)
  }
}
