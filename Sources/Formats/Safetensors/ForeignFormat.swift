/// What a file probably is that is not a safetensors file, by its first bytes.
struct ForeignFormat {
  /// What it is.
  let name: String
  /// What to do with it.
  let remedy: String

  /// The format that begins so; `nil` if none is known.
  init?(_ start: [UInt8]) {
    let convert = "Convert it first, for example with 'safetensors.torch.save_file' in Python."
    let unpack = "Unpack it first."
    let formats: [(start: [UInt8], name: String, remedy: String)] = [
      (Array("PK\u{3}\u{4}".utf8), "a zip archive, as PyTorch and NumPy write", convert),
      ([0x80, 0x02], "a Python pickle", convert),
      ([0x80, 0x04], "a Python pickle", convert),
      ([0x93] + Array("NUMPY".utf8), "a NumPy array", convert),
      ([0x89] + Array("HDF".utf8), "an HDF5 file", convert),
      (Array("GGUF".utf8), "a GGUF file", convert),
      ([0x1F, 0x8B], "a gzip file", unpack),
      ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file", unpack),
      ([0xFD] + Array("7zXZ".utf8), "an xz file", unpack),
      (
        Array("version ".utf8), "a Git LFS pointer",
        "Fetch the file itself with 'git lfs pull'."
      ),
      (Array("<".utf8), "a web page", "Download the file itself."),
      (Array("{".utf8), "JSON", "Name the model file, not its description."),
    ]
    guard let found = formats.first(where: { start.starts(with: $0.start) }) else { return nil }
    (name, remedy) = (found.name, found.remedy)
  }
}
