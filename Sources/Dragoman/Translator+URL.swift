import DragomanTranslation

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Translator {
  /// The translator of a model file, loaded off the caller's actor: for apps, whose files have URLs.
  ///
  /// Reading and checking the file is not cut short when the task is cancelled.
  ///
  /// Throws a ``ModelURLError`` for a URL that is not a file's, and what ``init(path:others:threads:)`` throws.
  ///
  /// - Parameters:
  ///   - url: the file, such as `Bundle.main.url(forResource: "best", withExtension: "safetensors")`.
  ///   - threads: threads that compute; all cores by default.
  public init(contentsOf url: URL, threads: Int? = nil) async throws {
    guard url.isFileURL else { throw ModelURLError(url: url) }
    try self.init(path: url.path(percentEncoded: false), threads: threads)
  }
}

/// A URL that a model cannot be loaded from.
public struct ModelURLError: Error, Equatable, CustomStringConvertible {
  /// The URL.
  public let url: URL

  /// What is wrong, and what to do.
  public var description: String {
    "\(url.absoluteString): expected the URL of a file, file://…; download the model first"
  }
}
