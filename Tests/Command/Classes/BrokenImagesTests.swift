import Foundation
import Testing

@testable import DragomanCommand

/// Images that are broken, each by one mistake, as training and classifying tell of them.
@Suite struct `Broken images` {
  private static let damaged = "It was cut short or damaged; copy or download it again."
  private static let formats = "expected an image in PNG, PBM, PGM, PPM, PAM or NPY, found"

  /// A picture of the repository.
  private static func png() throws -> Data {
    try Data(
      contentsOf: testsFolder.appending(path: "../../data/scenes/train/0000.png"))
  }

  /// An array file of NumPy.
  private static func npy(_ type: String, _ shape: String, _ numbers: [UInt8]) -> Data {
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    header += String(repeating: " ", count: 64 - (header.utf8.count + 11) % 64) + "\n"
    return Data(
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        + numbers)
  }

  private static func changed(_ change: (inout Data) -> Void) throws -> Data {
    var data = try png()
    change(&data)
    return data
  }

  /// Names, contents, and what is said of them after the name.
  static func table() throws -> [(name: String, contents: Data?, message: String)] {
    [
      ("none.png", nil, "cannot open the file: No such file or directory."),
      ("empty.png", Data(), "byte 0: \(formats) an empty file. \(damaged)"),
      (
        "text.png", Data("not an image".utf8),
        "byte 0: \(formats) something else. Convert it to PNG, for example with 'magick'."
      ),
      (
        "photo.jpg", Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF".utf8)),
        "byte 0: \(formats) a JPEG. Convert it"
      ),
      (
        "page.png", Data("<!DOCTYPE html>".utf8),
        "byte 0: \(formats) a web page. Download the file itself."
      ),
      (
        "packed.png", Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0]),
        "byte 0: \(formats) a gzip file. Unpack it with 'gunzip -k'."
      ),
      (
        "cut.png", try changed { $0.removeLast($0.count / 2) },
        "expected 179 bytes of IDAT, found the end of the file. \(damaged)"
      ),
      (
        "flipped.png", try changed { $0[$0.count - 20] ^= 4 },
        "expected the checksum 91eb9646 of IDAT, found 1e890111. \(damaged)"
      ),
      (
        "short.ppm", Data("P6 24 24 255\nabc".utf8),
        "byte 16: expected 1,728 bytes of samples, found 3. \(damaged)"
      ),
      (
        "huge.ppm", Data("P6 999999 999999 255\n".utf8),
        "byte 2: expected at least one pixel and at most 268,435,456 numbers, found 999999 × 999999 pixels, of up to 3 "
          + "numbers each. Make it smaller, for example with 'magick large.png -resize 4096x4096 small.png'."
      ),
      (
        "nothing.pgm", Data("P5 0 24 255\n".utf8),
        "byte 2: expected at least one pixel and at most 268,435,456 numbers, found 0 × 24 pixels. \(damaged)"
      ),
      (
        "complex.npy", npy("<c8", "(1, 2)", .init(repeating: 0, count: 16)),
        "expected a type of plain numbers, such as '<f4', found '<c8'. Save it as numbers"
      ),
      (
        "many.npy", npy("|u1", "(2, 2, 5)", .init(repeating: 0, count: 20)),
        "byte 0: expected the shape [height, width] or [height, width, channels], 4 channels at most, found (2, 2, 5). "
          + "Channels come last ('numpy.moveaxis'). Several images of one array have the shape [images, height, width, "
          + "channels]: grey ones are 'array[..., None]'."
      ),
      (
        "loud.npy", npy("<f4", "(1, 2)", [0, 0, 0, 63, 0, 0, 128, 65]),
        "byte 0: expected numbers from 0 to 1, found 16.00. Divide all images by the same number"
      ),
      (
        "nan.npy", npy("<f4", "(1, 1)", [0, 0, 192, 127]),
        "byte 0: expected finite numbers, found an infinite one or none. Clean it"
      ),
    ]
  }

  @Test func `are refused by training and by classifying, with one clear error each`() throws {
    let fixture = try ClassifierFixture()
    let configuration = """
      {"task": "classification", "data": {"train": ["FOLDER/train.tsv"], "validation": ["FOLDER/pictures.tsv"],
       "images": {"folder": "FOLDER/pictures"}},
       "classifier": {"encoder": {"kind": "convolutional", "stages": [{"channels": 4}]}}, "training": {"epochs": 1}}
      """
    let good = try fixture.read("pictures.tsv")
    try fixture.write("train.tsv", good)
    #expect(try fixture.train(configuration, "--quiet").code == .success)
    let model = fixture.path("runs/run/best.safetensors")
    for (name, contents, message) in try Self.table() {
      if let contents { try fixture.write("pictures/\(name)", contents) }
      try fixture.write("train.tsv", good + "\(name)\tleft\n")
      let train = try fixture.train(configuration)
      let file = fixture.path("pictures/\(name)")
      let place = "\(fixture.path("train.tsv")):41: the image that this line names cannot be used. "
      #expect(train.code == .failure && train.results.isEmpty)
      #expect(train.notes.hasPrefix("\(place)\(file): "), "\(train.notes)")
      #expect(train.notes.contains(message), "\(name): \(train.notes)")
      #expect(train.notes.split(separator: "\n").count == 1, "\(train.notes)")
      let recorder = Recorder()
      #expect(
        recorder.run(
          "classify", "--model", model, fixture.path("pictures/left/0.pgm"), file) == .failure)
      #expect(recorder.results.isEmpty)
      #expect(recorder.notes.hasPrefix("\(file): ") && recorder.notes.contains(message))
      #expect(recorder.notes.split(separator: "\n").count == 1, "\(recorder.notes)")
    }
  }
}
