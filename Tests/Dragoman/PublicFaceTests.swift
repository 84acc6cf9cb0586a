import DragomanTestSupport
import Foundation
import Testing

/// What an app of another package gets by `import Dragoman`.
@Suite(.enabled(if: Toolchain.isAtHand, "needs the modules beside the tests, as on Linux"))
struct `An app that imports Dragoman` {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  let toolchain: Toolchain

  init() throws { toolchain = try Toolchain() }

  /// With DRAGOMAN_RECORD set, the list is written anew: look at what changed before you commit it.
  ///
  ///     DRAGOMAN_RECORD=1 swift test --filter 'An app that imports'
  @Test func `sees what is listed and no more`() throws {
    let scratch = try TemporaryFolder()
    for module in try Self.modules() {
      try toolchain.extractSymbols(of: module, to: scratch.path)
    }
    let found = try PublicSymbols(folder: scratch.path).text
    let file = Self.folder.appending(path: "Snapshots/public.txt")
    let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    if found != expected, ProcessInfo.processInfo.environment["DRAGOMAN_RECORD"] != nil {
      try found.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("public.txt was written anew")
      return
    }
    func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }
    let changes = lines(found).difference(from: lines(expected)).map { change in
      switch change {
      case .insert(_, let line, _): "public, but not in public.txt: \(line)"
      case .remove(_, let line, _): "in public.txt, but not public: \(line)"
      }
    }
    #expect(found == expected, "\(changes.joined(separator: "\n"))")
  }

  @Test func `has all it needs to translate`() throws {
    let result = try toolchain.check(Self.folder.appending(path: "Apps/Translating.swift"))
    #expect(result.status == 0 && result.messages.isEmpty, "\(result.messages)")
  }

  /// Every statement of the file that speaks of what is inside is an error, and nothing else is.
  @Test func `reaches nothing inside`() throws {
    let app = Self.folder.appending(path: "Apps/Reaching.swift")
    let result = try toolchain.check(app)
    #expect(result.status != 0)
    let refused = Set(
      result.messages.matches(of: #/Reaching\.swift:(\d+):\d+: error: /#).compactMap {
        Int($0.output.1)
      })
    let lines = try String(contentsOf: app, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let expected = Set(lines.indices.filter { lines[$0].hasPrefix("  _ = ") }.map { $0 + 1 })
    #expect(expected.count > 5)
    #expect(refused == expected, "\(result.messages)")
  }

  /// The modules that `import Dragoman` gives: its own, and those it exports.
  private static func modules() throws -> [String] {
    let source = folder.appending(path: "../../Sources/Dragoman/Dragoman.swift")
    let exported = try String(contentsOf: source, encoding: .utf8)
      .matches(of: #/@_exported public import (\w+)/#).map { String($0.output.1) }
    try #require(!exported.isEmpty, "Dragoman.swift exports no module")
    return ["Dragoman"] + exported
  }
}
