import DragomanTestSupport
import Testing

@testable import DragomanCommand

@Suite struct `Evaluating a classifier` {
  @Test func `tells of classes that the model does not know`() throws {
    let fixture = try ClassifierFixture()
    let data = #""data": {"train": ["FOLDER/texts.tsv"], "validation": ["FOLDER/texts.tsv"]}"#
    let (code, _, notes) = try fixture.train(
      """
      {"task": "classification", \(data), "tokenizer": {"kind": "word"},
       "classifier": {"embedding": 8, "encoder": {"hidden": 6}},
       "training": {"epochs": 2, "classWeights": {"music": 2}}}
      """, "--quiet")
    #expect(code == .success, "\(notes)")
    let known = try fixture.read("texts.tsv")
    try fixture.write("test.tsv", known + "open the door\tdoor\nclose it\tdoor\nwhat\tquestion\n")
    let model = fixture.path("runs/run/best.safetensors")
    let text = fixture.run("evaluate", "--model", model, "--pairs", fixture.path("test.tsv"))
    #expect(
      text.results.contains(
        "3 of 63 examples have a class that the model does not know, and count as wrong: 'door' 2, 'question' 1\n"
      ),
      "\(text.results)\(text.notes)")
    let lines = text.results.split(separator: "\n")
    #expect(lines[1].hasPrefix("macro F1 ") && lines[1].hasSuffix(" (bootstrap)"))
    let json = fixture.run(
      "evaluate", "--model", model, "--pairs", fixture.path("test.tsv"), "--json")
    #expect(
      json.results.contains("\"unknownExamples\":3")
        || json.results.contains("\"unknownExamples\": 3"))
    #expect(json.results.contains("\"macroF1Interval\""))
    let page = fixture.path("page.html")
    _ = fixture.run(
      "evaluate", "--model", model, "--pairs", fixture.path("test.tsv"), "--html", page)
    #expect(try fixture.read("page.html").contains("does not know"))
    let plain = fixture.run("evaluate", "--model", model, "--pairs", fixture.path("texts.tsv"))
    #expect(!plain.results.contains("does not know"))
  }

  @Test func `is done by itself, without what is for translations`() throws {
    let fixture = try ClassifierFixture()
    let file = SmallClassifier.file(SmallClassifier.images(SmallClassifier.convolutional()))
    let model = fixture.path("small.safetensors")
    try file.write(to: model)
    let option = fixture.run("evaluate", "--model", model, "--metrics", "bleu")
    #expect(option.code == .usage)
    #expect(
      option.notes.contains(
        "'--metrics' is for models that translate, and this one tells classes"))
    let two = fixture.run("evaluate", "--model", model, "--model", model)
    #expect(two.code == .failure)
    #expect(
      two.notes.contains(
        "small.safetensors: a classifier, which is evaluated by itself; name one --model"))
  }
}
