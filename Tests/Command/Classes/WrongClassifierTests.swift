import Foundation
import Testing

@testable import DragomanCommand

/// Configurations of classifiers that are wrong, each by one mistake, as training tells of them.
@Suite struct `Wrong classifiers` {
  private static let texts = """
    "data": {"train": ["FOLDER/texts.tsv"], "validation": ["FOLDER/texts.tsv"]}
    """
  private static let pictures = """
    "data": {"train": ["FOLDER/pictures.tsv"], "validation": ["FOLDER/pictures.tsv"],
             "images": {"folder": "FOLDER/pictures"}}
    """
  private static let convolutional = #""classifier": {"encoder": {"kind": "convolutional"}}"#

  @Test(arguments: [
    (
      "\(texts), \"training\": {\"classWeights\": {\"lights\": 2}}",
      "training.classWeights: expected names of the 2 classes, found 'lights'. Did you mean 'light'?"
    ),
    (
      "\(texts), \"training\": {\"classWeights\": {\"light\": 0}}",
      "training.classWeights.light is 0; it must be greater than 0"
    ),
    (
      "\(texts), \"training\": {\"classWeights\": \"even\"}",
      "training.classWeights is \"even\"; it must be \"none\" or \"balanced\" or an object by the names of classes, "
        + "each value a number greater than 0"
    ),
    (
      "\(texts), \"training\": {\"metrics\": [\"bleu\"]}",
      "bleu is not a figure of classification"
    ),
    ("\(texts), \"model\": {\"embedding\": 8}", "counts only if task is \"translation\""),
    ("\(texts), \"preset\": \"g2p\"", "this preset is for pairs of texts"),
    (
      "\(texts), \"classifier\": {\"pooling\": \"max\"}",
      "classifier.pooling is \"max\"; it must be \"cls\", \"mean\" or \"attention\""
    ),
    (
      "\(texts), \"classifier\": {\"encoder\": {\"kind\": \"resnet\"}}",
      "classifier.encoder.kind is \"resnet\""
    ),
    ("\(texts), \"tokenizer\": {\"shared\": true}", "classes are not text"),
    ("\(pictures), \"classifier\": {\"pooling\": \"mean\"}", "texts are not images"),
    ("\(pictures), \(convolutional), \"tokenizer\": {\"kind\": \"word\"}", "images are not text"),
    (
      "\(pictures), \"classifier\": {\"encoder\": {\"kind\": \"convolutional\"}, \"pooling\": \"cls\"}",
      "the first place of a grid is its corner"
    ),
    (
      "\(pictures), \"classifier\": {\"encoder\": {\"kind\": \"vision\", \"patch\": 3}}",
      "data.images: expected a size of images that classifier.encoder can read, found 8 × 8 pixels, which patches of "
        + "3 × 3 do not divide. Set data.images.height and data.images.width, which images are brought to, or change "
        + "the encoder."
    ),
    (
      "\(pictures), \"classifier\": {\"encoder\": {\"kind\": \"vision\", \"width\": 10}}",
      "each head sees as many numbers"
    ),
    (
      #""data": {"train": ["FOLDER/texts.tsv"], "validation": ["FOLDER/pictures.tsv"]}"#,
      "FOLDER/pictures.tsv:1: expected one of the 2 classes of the training examples, found 'left'. Give the "
        + "training data an example"
    ),
    (
      #""data": {"train": ["FOLDER/one.tsv"], "validation": ["FOLDER/texts.tsv"]}"#,
      "FOLDER/one.tsv: expected examples of at least two classes, found 12 of the class 'light' alone. Look at "
        + "data.columns: the text is column `source`, the class column `target`."
    ),
    (
      #""data": {"train": ["FOLDER/turned.tsv"], "validation": ["FOLDER/texts.tsv"]}"#,
      "FOLDER/turned.tsv: expected a few classes, found 120 different ones in 120 examples."
    ),
    (
      #""data": {"train": ["FOLDER/nowhere.tsv"], "validation": ["FOLDER/texts.tsv"]}"#,
      "FOLDER/nowhere.tsv: cannot open the file"
    ),
  ])
  func `are refused with one clear error`(json: String, message: String) throws {
    let fixture = try ClassifierFixture()
    try fixture.write("one.tsv", (0..<12).map { "text \($0)\tlight\n" }.joined())
    try fixture.write("turned.tsv", (0..<120).map { "light\ttext \($0)\n" }.joined())
    let (code, results, notes) = try fixture.train("{\"task\": \"classification\", \(json)}")
    #expect(code == .failure && results.isEmpty)
    #expect(
      notes.contains(message.replacingOccurrences(of: "FOLDER", with: fixture.folder.path)),
      "\(notes)")
    #expect(notes.split(separator: "\n").count == 1, "\(notes)")
    #expect(!FileManager.default.fileExists(atPath: fixture.path("runs")))
  }

  @Test func `and weights of classes beside translation`() throws {
    let fixture = try ClassifierFixture()
    let notes = try fixture.train(
      "{\(Self.texts), \"training\": {\"classWeights\": \"balanced\"}}"
    ).notes
    #expect(
      notes.contains("words are not classes; leave training.classWeights out"), "\(notes)")
  }
}
