import Testing

@testable import DragomanCommand

@Suite struct `Usage` {
  @Test func `errors say what is wrong and where to read more`() throws {
    let session = Recorder.session([
      ["trian"], ["frobnicate"], ["--verbose"], ["help", "inspekt"], ["help", "xyzzy"],
      ["train"], ["train", "--confg", "a.json"], ["train", "--config"],
      ["train", "--config", "--resume"], ["train", "--config", "a.json", "--config", "b.json"],
      ["train", "--config", "a.json", "b.json"],
      ["train", "--config", "a.json", "--resume=yes"],
      ["train", "--config", "a.json", "--resume", "--restart"],
      ["train", "--config", "a.json", "--threads", "0"],
      ["train", "--config", "a.json", "--threads=two"],
      ["train", "--config", "a.json", "--threads", "2000"],
      ["train", "--config", "a.json", "--runs", ""],
      ["train", "--config", "a.json", "--set", "model.dropout"],
      ["train", "--config", "a.json", "--extend-vocabulary"], ["average", "a", "--output", "b"],
      ["average", "a", "b"], ["translate", "--atention", "x"], ["translate", "-5 degrees"],
      ["translate", "--maximum-length", "-1", "x"], ["inspect"], ["inspect", "a", "b"],
      ["score", "a"], ["score", "a", "b", "c"], ["explain", "good", "morning"],
      ["translate", "/dev/null"], ["explain", "/dev/null"], ["score", "/dev/null"],
      ["inspect", "a", "--model", "b"], ["new", "a.po", "--corpus", "b.po"],
      ["evaluate", "a", "--model", "b"], ["translate", "--html", "-", "--json", "x"],
      ["classify", "--html=-", "--attention", "x"],
      ["average", "a", "b", "--model", "c", "--output", "d"],
      ["schema", "--markdown", "--markdown"],
    ])
    try expectSnapshot(session, "usage-errors.txt")
  }

  @Test func `errors exit with 2 and write nothing to standard output`() {
    let recorder = Recorder()
    #expect(recorder.run("train", "--nonsense") == .usage)
    #expect(recorder.results.isEmpty && !recorder.notes.isEmpty)
  }

  @Test func `errors in files exit with 1`() {
    let recorder = Recorder()
    #expect(recorder.run("train", "--config", "/nonexistent/a.json") == .failure)
    #expect(recorder.results.isEmpty && recorder.notes.contains("/nonexistent/a.json"))
  }
}

@Suite struct `Arguments` {
  static let command = CommandDefinition(
    "test", "Test.",
    operand: OperandDefinition(name: "WORD", count: 0...3, help: "Words."),
    options: [verbose, size, item], run: { _, _ in .success })
  static let verbose = OptionDefinition.flag("verbose", "Say more.")
  static let size = OptionDefinition.option("size", "N", "A size.")
  static let item = OptionDefinition.option("item", "NAME", isRepeated: true, "An item.")

  func parse(_ words: String...) throws -> ParsedArguments {
    try ParsedArguments(words, for: Self.command)
  }

  @Test func `may be empty`() throws {
    let parsed = try parse()
    #expect(parsed.operands.isEmpty && !parsed.wantsHelp && !parsed.has(Self.verbose))
    #expect(try parsed.integer(Self.size, atLeast: 0) == nil)
    #expect(parsed.texts(Self.item).isEmpty)
  }

  @Test func `mix options and operands`() throws {
    let parsed = try parse("a", "--size", "3", "b", "--verbose", "--item=x", "-", "--item", "y")
    #expect(parsed.operands == ["a", "b", "-"])
    #expect(try parsed.integer(Self.size, atLeast: 0) == 3)
    #expect(parsed.has(Self.verbose) && parsed.texts(Self.item) == ["x", "y"])
  }

  @Test func `have values that hold any sign`() throws {
    #expect(try parse("--item=a=b").texts(Self.item) == ["a=b"])
    #expect(try parse("--item=").texts(Self.item) == [""])
    #expect(try parse("--item=--verbose").texts(Self.item) == ["--verbose"])
    #expect(try parse("--item", "-x").texts(Self.item) == ["-x"])
    #expect(try parse("--item", "").texts(Self.item) == [""])
  }

  @Test func `are all operands after two dashes`() throws {
    #expect(try parse("--verbose", "--", "--size", "-h").operands == ["--size", "-h"])
    #expect(try parse("--", "--help").wantsHelp == false)
  }

  @Test func `ask for help in spite of what is missing`() throws {
    let command = CommandDefinition(
      "test", "Test.", operand: OperandDefinition(name: "X", count: 2...2, help: ""),
      options: [.option("must", "V", isRequired: true, "")], run: { _, _ in .success })
    #expect(try ParsedArguments(["--help"], for: command).wantsHelp)
    #expect(try ParsedArguments(["a", "-h", "-h"], for: command).wantsHelp)
    #expect(throws: UsageError.self) { try ParsedArguments(["a", "b"], for: command) }
    #expect(throws: UsageError.self) { try ParsedArguments(["--must", "1"], for: command) }
  }

  @Test(arguments: [
    ["--sise", "3"], ["-v"], ["--size"], ["--size", "--verbose"], ["--verbose=1"],
    ["--size", "1", "--size", "2"], ["a", "b", "c", "d"],
  ]) func `are refused`(_ words: [String]) {
    #expect(throws: UsageError.self) { try ParsedArguments(words, for: Self.command) }
  }
}
