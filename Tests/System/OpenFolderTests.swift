import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanSystem

/// Files of a run are found in its folder, whatever becomes of the path, and never through a link.
@Suite struct `An open folder` {
  private let scratch: TemporaryFolder
  private let folder: OpenFolder
  private var path: String { scratch["run"] }

  init() throws {
    scratch = try TemporaryFolder()
    try Files.createDirectories(scratch["run"])
    folder = try OpenFolder(scratch["run"])
  }

  @Test func `is written into where it is, and not where it was`() throws {
    let elsewhere = scratch["moved"]
    try #require(rename(path, elsewhere) == 0)
    try Files.createDirectories(path)
    #expect(!folder.isAtItsPath && !folder.isRemoved)
    #expect(folder.currentPath == URL(filePath: elsewhere).resolvingSymlinksInPath().path)
    try AtomicFile.write([1], to: "\(path)/file", in: folder)
    try Files.append([2], to: "\(path)/file", in: folder)
    #expect(try Files.read("\(elsewhere)/file") == [1, 2])
    #expect(try Files.list(path) == [] && folder.names() == ["file"])
    #expect(try Files.read("\(path)/file", in: folder) == [1, 2])
    try folder.keep("file", as: "other")
    #expect(try folder.names() == ["file", "other"])
    try folder.remove("file")
    #expect(try Files.list(elsewhere) == ["other"])
  }

  @Test func `that was removed says so`() throws {
    try #require(rmdir(path) == 0)
    #expect(folder.isRemoved && folder.currentPath == nil)
    #expect(throws: FileError.self) { try AtomicFile.write([1], to: "\(path)/a", in: folder) }
  }

  @Test func `replaces links, and adds to no file through one`() throws {
    let victim = try scratch.write("victim", "v")
    for name in ["log", "page"] { try #require(symlink(victim, "\(path)/\(name)") == 0) }
    try #require(symlink("/dev/full", "\(path)/device") == 0)
    try AtomicFile.write([1], to: "\(path)/page", in: folder)
    try AtomicFile.write([1], to: "\(path)/device", in: folder)
    let error = #expect(throws: FileError.self) {
      try Files.append("more", to: "\(path)/log", in: folder)
    }
    #expect(
      error?.description
        == "\(path)/log: cannot write to the file: a link stands in its place.")
    #expect(throws: FileError.self) { try Files.read("\(path)/log", in: folder) }
    #expect(try Files.read(victim) == Array("v".utf8))
    #expect(try Files.read("\(path)/page", in: folder) == [1])
    #expect(try Files.read("\(path)/device", in: folder) == [1])
  }

  @Test func `has plain files only`() throws {
    try #require(mkfifo("\(path)/pipe", 0o600) == 0)
    let message = "there is something of this name that is not a plain file. Remove it."
    let error = #expect(throws: FileError.self) {
      try AtomicFile.write([1], to: "\(path)/pipe", in: folder)
    }
    #expect(error?.description == "\(path)/pipe: cannot write the file: \(message)")
    #expect(throws: FileError.self) { try Files.append("x", to: "\(path)/pipe", in: folder) }
    #expect(throws: FileError.self) { try Files.read("\(path)/pipe", in: folder) }
  }

  @Test func `has one lock`() throws {
    #expect(folder.lock())
    #expect(try !OpenFolder(path).lock())
    #expect(try FileLock(path) == nil)
  }
}
