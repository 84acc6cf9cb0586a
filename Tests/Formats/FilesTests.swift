import Testing

@testable import DragomanFormats

@Suite struct `Files and folders` {
  let folder: String

  init() throws {
    folder = "/tmp/dragoman-files-\(UInt64.random(in: 0...UInt64.max))"
    try Files.createDirectories("\(folder)/a/b")
  }

  @Test func `are written whole or not at all`() throws {
    let path = "\(folder)/a/file"
    try AtomicFile.write([1, 2, 3], to: path)
    #expect(try Files.read(path) == [1, 2, 3])
    do {
      // Begun, and given up before it is put in its place.
      let file = try AtomicFile(path)
      try file.write([9, 9])
    }
    #expect(try Files.read(path) == [1, 2, 3])
    #expect(try Files.list("\(folder)/a") == ["b", "file"])
    try AtomicFile.write([4], to: path)
    #expect(try Files.read(path) == [4])
  }

  @Test func `of killed writers are removed, and no others`() throws {
    let path = "\(folder)/a/model.safetensors"
    for name in [
      ".model.safetensors.tmp-0123456789abcdef", ".model.safetensors.tmp-short",
      ".other.safetensors.tmp-0123456789abcdef", "model.safetensors",
    ] { try AtomicFile.write([1], to: "\(folder)/a/\(name)") }
    try AtomicFile.removeStale(for: path)
    #expect(
      try Files.list("\(folder)/a") == [
        ".model.safetensors.tmp-short", ".other.safetensors.tmp-0123456789abcdef", "b",
        "model.safetensors",
      ])
  }

  @Test func `that cannot be written say why`() throws {
    let error = #expect(throws: FormatError.self) {
      try AtomicFile.write([1], to: "\(folder)/none/file")
    }
    #expect(
      "\(try #require(error))"
        == "\(folder)/none/file: cannot write the file: No such file or directory.")
    let onFolder = #expect(throws: FormatError.self) {
      try AtomicFile.write([1], to: "\(folder)/a/b")
    }
    #expect(
      "\(try #require(onFolder))".contains("cannot put the new file in the place of the old one"))
    #expect(try Files.list("\(folder)/a").allSatisfy { !$0.contains(".tmp-") })
  }

  @Test func `that are missing have a name that is near`() throws {
    try AtomicFile.write([1], to: "\(folder)/train.json")
    try AtomicFile.write([1], to: "\(folder)/other.tsv")
    for (wanted, suggestion) in [
      ("trian.json", " Did you mean '\(folder)/train.json'?"), ("x.tsv", ""),
    ] {
      let error = #expect(throws: FormatError.self) { try Files.read("\(folder)/\(wanted)") }
      #expect(
        "\(try #require(error))"
          == "\(folder)/\(wanted): cannot open the file: No such file or directory.\(suggestion)")
    }
    let error = #expect(throws: FormatError.self) { try Files.read(folder) }
    #expect("\(try #require(error))".hasSuffix("it is a folder and not a file."))
  }

  @Test func `grow at their end`() throws {
    let path = "\(folder)/log"
    try Files.append("one\n", to: path)
    try Files.append("two\n", to: path)
    #expect(String(decoding: try Files.read(path), as: UTF8.self) == "one\ntwo\n")
    #expect(try Files.size(path) == 8)
    #expect(Files.modificationTime(path) != nil)
    try Files.remove(path)
    #expect(!Files.exists(path))
  }

  @Test func `have folders and names`() {
    #expect(Files.directory(of: "a/b/c") == "a/b")
    #expect(Files.directory(of: "/c") == "/")
    #expect(Files.directory(of: "c") == ".")
    #expect(Files.name(of: "a/b/c.d") == "c.d")
  }
}
