import DragomanSystem
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanSystem

@Suite struct `Files and folders` {
  private let scratch: TemporaryFolder
  private var folder: String { scratch.path }

  init() throws {
    scratch = try TemporaryFolder()
    try Files.createDirectories(scratch["a/b"])
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

  /// In /dev there are names of open files, and a folder in memory whose files are like any others.
  @Test func `in memory are written whole as well`() throws {
    guard Files.isDirectory("/dev/shm") else { return }
    let path = "/dev/shm/dragoman-\(UInt64.random(in: 0...UInt64.max))"
    defer { try? Files.remove(path) }
    try AtomicFile.write([1, 2, 3], to: path)
    do {
      let file = try AtomicFile(path)
      #expect(!file.isStream)
      try file.write([9, 9])
    }
    #expect(try Files.read(path) == [1, 2, 3])
    try AtomicFile.write([4], to: path)
    #expect(try Files.read(path) == [4])
  }

  @Test func `with names that are not UTF-8 are left out, or told`() throws {
    let name = Array("\(folder)/a/caf".utf8) + [0xE9, 0]
    let descriptor = open(name.map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o600)
    // Some file systems have no such names.
    guard descriptor >= 0 else { return }
    close(descriptor)
    #expect(try Files.list("\(folder)/a") == ["b"])
    let found = try Files.contents("\(folder)/a")
    #expect(found.names == ["b"] && found.unreadable == ["caf\u{FFFD}"])
    #expect(
      scratch.message { _ = try Files.listAll("\(folder)/a") }
        == "a/caf\u{FFFD}: cannot read the name: it is not valid UTF-8. Rename it.")
    #expect(try Files.listAll(folder) == ["a"])
  }

  @Test func `are changed before they are in their place, and not after`() async throws {
    let path = "\(folder)/a/file"
    let file = try AtomicFile(path)
    try file.write([1, 2, 3, 4, 5])
    try file.overwrite([8, 9], at: 1)
    try file.write([6])
    #expect(!file.isStream && !Files.exists(path))
    try file.commit()
    #expect(try Files.read(path) == [1, 8, 9, 4, 5, 6])
    await #expect(processExitsWith: .failure) {
      try AtomicFile("/dev/null").overwrite([1], at: 0)
    }
  }

  @Test func `that are pipes are written to and stay pipes`() throws {
    let path = "\(folder)/a/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDWR | O_NONBLOCK)
    defer { close(reader) }
    try AtomicFile.write(Array("whole".utf8), to: path)
    var bytes = [UInt8](repeating: 0, count: 9)
    #expect(read(reader, &bytes, 9) == 5 && bytes.starts(with: "whole".utf8))
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    #expect(try Files.list("\(folder)/a") == ["b", "pipe"])
  }

  @Test func `are locked by one at a time`() throws {
    do {
      let lock = try FileLock(folder)
      #expect(try lock != nil && FileLock(folder) == nil)
      withExtendedLifetime(lock) {}
    }
    #expect(try FileLock(folder) != nil)
    #expect(throws: FileError.self) { try FileLock("\(folder)/none") }
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

  @Test func `that are being written are not taken for stale ones`() throws {
    let path = scratch["model.safetensors"]
    let file = try AtomicFile(path)
    try file.write([1])
    try AtomicFile.removeStale(for: path)
    try file.commit()
    #expect(try Files.read(path) == [1])
  }

  @Test func `that cannot be written say why`() throws {
    func message(_ path: String) -> String {
      scratch.message { try AtomicFile.write([1], to: scratch[path]) }
    }
    try Files.createDirectories(scratch["runs"])
    let absent = "No such file or directory"
    #expect(
      message("none/file")
        == "none/file: cannot write the file: \(absent). There is no folder 'none'.")
    #expect(
      message("rnus/file")
        == "rnus/file: cannot write the file: \(absent). There is no folder 'rnus'. "
        + "Did you mean 'runs'?")
    #expect(message("a/b") == "a/b: cannot write the file: there is a folder of this name.")
    #expect(try Files.list(scratch["a"]) == ["b"])
  }

  @Test func `that cannot be brought to the disk say so`() throws {
    func message(_ code: Int32) -> String {
      scratch.message {
        try AtomicFile.synchronize(folder: scratch["a"]) { _ in
          errno = code
          return -1
        }
      }
    }
    #expect(message(EIO) == "a: cannot bring the folder to the disk: Input/output error.")
    #expect(message(ENOSPC).hasSuffix("No space left on device. Free some space and try again."))
    // Some file systems cannot do it at all.
    #expect(message(EINVAL) == "no error")
    #expect(
      scratch.message { try AtomicFile.synchronize(folder: scratch["none"]) }
        == "none: cannot bring the folder to the disk: No such file or directory.")
  }

  @Test func `are listed whatever their names and however many`() throws {
    // Enough to fill what is read of a folder at once, so that an entry lies at its very end.
    let names = ["ü", String(repeating: "n", count: 255)] + (0..<2000).map { "\($0)" }
    for name in names { try scratch.write("a/b/\(name)", []) }
    #expect(try Files.list(scratch["a/b"]) == names.sorted())
    for name in names { try Files.remove(scratch["a/b/\(name)"]) }
    try Files.remove(scratch["a/b"])
    #expect(try Files.list(scratch["a"]) == [])
    #expect(
      scratch.message { _ = try Files.list(scratch["a/b"]) }
        == "a/b: cannot list the folder: No such file or directory.")
  }

  @Test func `that are missing have a name that is near`() throws {
    try AtomicFile.write([1], to: "\(folder)/train.json")
    try AtomicFile.write([1], to: "\(folder)/other.tsv")
    for (wanted, suggestion) in [
      ("trian.json", " Did you mean '\(folder)/train.json'?"), ("x.tsv", ""),
    ] {
      let error = #expect(throws: FileError.self) { try Files.read("\(folder)/\(wanted)") }
      #expect(
        "\(try #require(error))"
          == "\(folder)/\(wanted): cannot open the file: No such file or directory.\(suggestion)")
    }
    let error = #expect(throws: FileError.self) { try Files.read(folder) }
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
