import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `A configuration file` {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private static let text = #"{"data": {"train": ["a.tsv"], "validation": ["v.tsv"]}, "nane": 1}"#
  private static let right = #"{"data": {"train": ["a.tsv"], "validation": ["v.tsv"]}}"#

  @Test func `may begin with a byte order mark`() throws {
    try folder.write("a.json", "\u{FEFF}" + Self.right)
    #expect(try RunConfiguration.read(path: folder["a.json"]).data.train == [.tsv("a.tsv")])
    // The mark is not a column.
    try folder.write("b.json", "\u{FEFF}" + Self.text)
    let error = #expect(throws: ConfigurationError.self) {
      try RunConfiguration.read(path: folder["b.json"])
    }
    #expect(folder.relative(error).hasPrefix("b.json:1:57: "))
  }

  @Test func `in UTF-16 is refused as data are`() throws {
    let wide = Self.right.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    try folder.write("a.json", [0xFF, 0xFE] + wide)
    let error = #expect(throws: TextError.self) {
      try RunConfiguration.read(path: folder["a.json"])
    }
    #expect(
      folder.relative(error)
        == "a.json: expected text in UTF-8, found UTF-16. Convert it with 'iconv -f UTF-16 -t UTF-8'."
    )
  }
}

@Suite struct `Normalisation of a run's texts` {
  @Test func `is in canonical composition unless the configuration says otherwise`() throws {
    func read(_ tokenizer: String) throws -> TokenizerConfiguration {
      try TokenizerConfiguration.parse(Array(tokenizer.utf8), file: "t.json")
    }
    #expect(try read("{}").normalization == TextNormalization(form: .nfc))
    #expect(
      try read(#"{"lowercase": "source", "normalization": "nfkc", "punctuation": "folded"}"#)
        .normalization
        == TextNormalization(form: .nfkc, lowercase: .source, punctuation: .folded))
    #expect(try read(#"{"lowercase": true}"#).lowercase == .both)
    #expect(try read(#"{"lowercase": false}"#).lowercase == .none)
    let source = try read(#"{"lowercase": "source"}"#)
    #expect(try read(source.json.serialized()) == source)
    let error = #expect(throws: ConfigurationError.self) { try read(#"{"lowercase": "target"}"#) }
    #expect(error?.problems.first?.description.contains(#"true or false or "source""#) == true)
  }

  @Test func `is none in what an earlier version stored`() throws {
    let stored = try RunConfiguration.stored(
      ["data": ["train": ["a.tsv"], "validation": ["v.tsv"]], "tokenizer": ["kind": "word"]],
      file: "old")
    #expect(stored.tokenizer.form == .none)
  }

  /// A run whose pairs are written in both forms, and whose file and configuration are those of an earlier version.
  @Test func `goes on as it was in a run of an earlier version`() throws {
    let run = try RunFixture()
    try AtomicFile.write(
      Array(
        try String(decoding: Files.read("\(run.root)/train.tsv"), as: UTF8.self)
          .replacing("a", with: "e\u{301}").utf8),
      to: "\(run.root)/train.tsv")
    run.configuration.tokenizer.form = .none
    run.configuration.model.dropout = DropoutConfiguration(0)
    let folder = run.folder("run")
    try run.train(in: folder, stopAfter: 5)
    let old = try ModelFile(path: folder.last)
    #expect(old.source.tokenizer.normalization == TextNormalization())
    #expect(old.source.vocabulary.tokens.contains { Array($0.utf8) == Array("e\u{301}".utf8) })
    // A run that states what it is in full does not go on as another.
    run.configuration.tokenizer.form = .nfc
    #expect(throws: TrainingError.self) { try run.train(in: folder, resume: true, stopAfter: 1) }
    // One that does not goes on with what its model does.
    let pretrained = try PretrainedModel(path: folder.last)
    #expect(pretrained.source?.tokenizer.normalization.form == UnicodeForm.none)
  }

  @Test func `of validation references is that of what a model can write`() {
    let normalization = TextNormalization(form: .nfc, lowercase: .both)
    #expect(
      normalization.reference("fatigue\u{301} THE\u{202F}?").unicodeScalars
        .elementsEqual("fatigu\u{E9} THE\u{202F}?".unicodeScalars))
    #expect(
      TextNormalization().reference("e\u{301}\u{202F}").unicodeScalars
        .elementsEqual("e\u{301}\u{202F}".unicodeScalars))
  }
}
