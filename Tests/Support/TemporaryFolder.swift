import Foundation

/// A folder for the files of one test, removed with the value.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let path: String

  /// A new folder.
  public init() throws {
    path =
      FileManager.default.temporaryDirectory.appending(path: "dragoman-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  public subscript(name: String) -> String { "\(path)/\(name)" }

  /// Writes a file and returns its path.
  @discardableResult
  public func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: self[name]))
    return self[name]
  }

  /// Writes a text file and returns its path.
  @discardableResult
  public func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  /// A message without the folder's path.
  public func relative(_ error: (any Error)?) -> String {
    error.map { "\($0)".replacingOccurrences(of: path + "/", with: "") } ?? "no error"
  }

  /// What the body throws, in words and without the folder's path.
  public func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return relative(nil)
    } catch {
      return relative(error)
    }
  }
}
