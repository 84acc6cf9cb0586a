import DragomanSystem
import DragomanFormats

/// Whether a safetensors file that is written reads back as it was.
struct StorageCheck {
  /// Where the file is written; it is removed again.
  let folder: String

  /// What was tried.
  var check: Diagnosis.Check {
    let name = "safetensors file in \(folder)"
    do {
      return Diagnosis.Check(name: name, problem: try problem())
    } catch {
      return Diagnosis.Check(name: name, problem: "\(error)")
    }
  }

  private func problem() throws -> String? {
    let path = "\(folder)/dragoman-doctor-\(UInt64.random(in: 0 ... .max)).safetensors"
    let numbers: [Float] = [0, -0.0, 1, -1.5, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    var writer = SafetensorsWriter(metadata: ["text": "ä→字"])
    writer.add("numbers", shape: [2, 3]) { numbers }
    try writer.write(to: path)
    defer { try? Files.remove(path) }
    let reader = try SafetensorsReader(path: path)
    try reader.verifyChecksum()
    guard reader.metadata["text"] == "ä→字" else { return "its metadata came back changed" }
    guard let tensor = reader.tensor(named: "numbers"), tensor.shape == [2, 3] else {
      return "its tensor came back with another name or shape"
    }
    var found: [Float] = []
    try reader.readFloats(tensor) { found += $1 }
    return ArithmeticCheck.difference(found, numbers)
  }
}
