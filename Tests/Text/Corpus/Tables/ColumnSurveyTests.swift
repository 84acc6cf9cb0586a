import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `The columns of a table` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func read(
    _ text: String, _ source: Int = 1, _ target: Int = 2
  ) throws -> ParallelCorpus {
    try ParallelCorpus(
      reading: [.tsv(try folder.write("a.tsv", text))],
      layout: CorpusLayout(sourceColumn: source, targetColumn: target))
  }

  private func survey(_ text: String) throws -> ColumnSurvey {
    try #require(try read(text).summary[0].columns)
  }

  private func remarks(_ corpus: ParallelCorpus) -> [String] {
    corpus.summary[0].remarks.map { folder.relative(Text($0)) }
  }

  private let four = (0..<300).map {
    "\(1000 + $0)\tI am tired \($0).\t\(500_000 + $0)\tJe suis fatigué \($0).\n"
  }
  .joined()

  @Test func `that hold numbers are told, and which hold text`() throws {
    let survey = try survey(four)
    #expect(survey.contents == [.numbers, .text, .numbers, .text])
    #expect(survey.verdict(source: 1, target: 2) == .others(source: 2, target: 4))
    #expect(survey.verdict(source: 2, target: 4) == .fine)
    #expect(
      remarks(try read(four)) == [
        """
        a.tsv: 300 rows looked at have no text in a column that is read, while other columns have: \
        data.columns says which two to read (a.tsv:1 column 1 numbers ('1001'), 2 text ('I am tired 1.'), \
        3 numbers ('500001'), 4 text ('Je suis fatigué 1.'), …)
        """
      ])
    #expect(remarks(try read(four, 2, 4)).isEmpty)
  }

  @Test func `are codes, one value or nothing`() throws {
    let text = (0..<40).map { "menu.item-\($0)\teng\tone \($0)\t\tfra\tun \($0)\n" }.joined()
    let survey = try survey(text)
    #expect(survey.contents == [.codes, .constant, .text, .empty, .constant, .text])
    #expect(survey.verdict(source: 1, target: 2) == .others(source: 3, target: 6))
  }

  @Test func `are fine where there is nothing better`() throws {
    // Numbers that are written out are a task of their own.
    let numbers = (0..<40).map { "\($0)\tnumber \($0)\n" }.joined()
    #expect(try survey(numbers).verdict(source: 1, target: 2) == .fine)
    let attribution = (0..<40).map { "a \($0)\tb \($0)\tCC-BY \($0)\n" }.joined()
    #expect(try survey(attribution).verdict(source: 1, target: 2) == .fine)
    #expect(try survey("1\ta\tb\n").verdict(source: 1, target: 2) == .fine)
  }

  @Test func `are unclear where more than two hold text`() throws {
    let text = (0..<40).map { "\($0)\ta \($0)\tb \($0)\tc \($0)\n" }.joined()
    #expect(try survey(text).verdict(source: 1, target: 2) == .unclear)
    let named = "id\tcomment\tsource_text\ttarget_text\n" + text
    #expect(try survey(named).verdict(source: 1, target: 2) == .others(source: 3, target: 4))
  }

  @Test(arguments: [
    "source\ttarget", "Source\tTarget", "en\tfr", "eng\tfra", "English\tFrench", "src\ttgt",
    "source_text\ttranslation", "text\tlabel", "en-US\tfr-FR",
  ]) func `may be named by the first line`(header: String) throws {
    let corpus = try read("\(header)\na b\tc d\ne\tf\n")
    #expect(corpus.map(\.source) == ["a b", "e"])
    #expect(
      folder.relative(Text(corpus.summary[0].description))
        == "a.tsv: 2 pairs, 1 with the names of the columns skipped")
    #expect(
      corpus.summary[0].skips[.header]?.examples.map { folder.relative(Text($0)) } == ["a.tsv:1"])
  }

  @Test(arguments: ["the source\tla source", "hello\tbonjour", "source\tsource", "sourced\ttarget"])
  func `are not named by a pair`(first: String) throws {
    #expect(try read("\(first)\na\tb\n").count == 2)
    #expect(try read("a\tb\nsource\ttarget\n").count == 2)
  }

  @Test func `are named by codes of languages only if these are not words`() throws {
    #expect(try read("be\tis\nbe\tam\n").count == 2)
    #expect(try read("el\tla\nun\tuna\n").count == 2)
    let path = try folder.write("a.tsv", "no\tis\na\tb\n")
    let layout = CorpusLayout(sourceKey: "no", targetKey: "is")
    let corpus = try ParallelCorpus(reading: [.tsv(path)], layout: layout)
    #expect(corpus.count == 1)
    #expect(corpus.summary[0].declaredLanguages == .init(source: "no", target: "is"))
    #expect(try read("source\ttarget\na\tb\n").summary[0].declaredLanguages == .init())
  }

  @Test func `that are not as many as elsewhere are told with their lines`() throws {
    let text = "a\tb\nc\td\te\nf\tg\nh\ti\tj\tk\nl\tm\n"
    #expect(
      remarks(try read(text)) == [
        """
        a.tsv: 2 lines have another number of columns than most: look at them \
        (a.tsv:2 3 columns, a.tsv:4 4 columns)
        """
      ])
    #expect(remarks(try read("a\tb\tc\nd\te\tf\n")).isEmpty)
  }
}
