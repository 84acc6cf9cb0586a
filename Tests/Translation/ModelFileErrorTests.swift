import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import Testing

@testable import DragomanTranslation

@Suite struct `An error of a model file` {
  @Test func `names a tensor that is missing`() throws {
    let folder = try TemporaryFolder()
    let path = folder["m.safetensors"]
    try SmallModel.file().write(to: path)
    let written = try Files.read(path)
    let renamed = ModelBytes.replacing(
      "\"output.bias\"", by: "\"output.bjas\"", in: written)
    try folder.write("m.safetensors", ModelBytes.stamped(renamed))
    let error = #expect(throws: ModelFileError.self) { try Translator(path: path) }
    #expect(
      error?.description
        == "\(path): the tensor 'output.bias' is missing, which the configuration in the file asks for."
    )
  }

  @Test func `says what was expected, what was found and what to do`() {
    let newer = ModelFileError.unsupportedVersion(path: "m", found: 9, newest: 2)
    #expect(
      newer.description
        == "m: format version 9, but this build reads up to 2. Update the program.")
    #expect(
      newer.details
        == ErrorDetails(
          file: "m", expected: "a format of at most version 2", found: "version 9",
          hint: "Update the program."))

    let unknown = ModelFileError.unknownTensor(path: "m", tensor: "x\u{1B}", nearest: "y")
    #expect(
      unknown.description
        == "m: the tensor 'x\\u{1b}' belongs to no part of the model. Did you mean 'y'?")
    #expect(unknown.details.hint == "Did you mean 'y'?")
    #expect(
      ModelFileError.unknownTensor(path: "m", tensor: "x", nearest: nil).description
        == "m: the tensor 'x' belongs to no part of the model.")

    let spoilt = ModelFileError.notFinite(path: "m", tensor: "x", element: 7, found: "nan")
    #expect(
      spoilt.details
        == ErrorDetails(
          file: "m", expected: "finite numbers in the tensor 'x'", found: "nan at element 7"))
  }
}
