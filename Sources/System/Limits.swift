#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How much of one thing is read before it is refused, so that no file and no line takes all memory.
///
/// The environment may state others: `DRAGOMAN_LINE_BYTES=1000000`. A value that is not a whole number above 0 counts
/// as none; ``problem`` tells of it.
package struct Limits: Sendable, Equatable {
  /// Bytes of a line of text.
  package var lineBytes = 1 << 26
  /// Tokens of a line that a model reads or scores.
  package var lineTokens = 10_000
  /// Tokens of a translation, whatever `decoding.maximumLength` says.
  package var writtenTokens = 1_000_000
  /// Bytes of a file that is read as a whole and is not a model: a configuration, an image, a log.
  package var fileBytes = 1 << 30
  /// Bytes of the header of a safetensors file.
  package var headerBytes = 100_000_000

  /// The usual limits.
  package init() {}

  /// The limits of this process.
  package static let current = Limits(environment: inEnvironment)

  /// What is wrong with the environment of this process, for a message; `nil` if nothing is.
  package static var problem: String? { problem(inEnvironment) }

  /// What is wrong with an environment.
  static func problem(_ environment: (String) -> String?) -> String? {
    var (limits, problem) = (Limits(), String?.none)
    limits.forEach { name, _ in
      guard problem == nil, let value = environment(name), number(value) == nil, !value.isEmpty
      else { return }
      problem = "\(name): expected a whole number from 1 to \(most), found something else"
    }
    return problem
  }

  /// The limits that an environment states.
  init(environment: (String) -> String?) {
    forEach { name, limit in
      if let value = environment(name).flatMap(Self.number) { limit = value }
    }
  }

  /// Visits every limit with its name in the environment.
  ///
  /// Every start of the program passes here: making key paths at run time would take 2 % of `--version`.
  private mutating func forEach(_ visit: (String, inout Int) -> Void) {
    visit("DRAGOMAN_LINE_BYTES", &lineBytes)
    visit("DRAGOMAN_LINE_TOKENS", &lineTokens)
    visit("DRAGOMAN_WRITTEN_TOKENS", &writtenTokens)
    visit("DRAGOMAN_FILE_BYTES", &fileBytes)
    visit("DRAGOMAN_HEADER_BYTES", &headerBytes)
  }

  private static let most = 1 << 40

  /// What the environment of this process says.
  private static func inEnvironment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  private static func number(_ text: String) -> Int? {
    Int(text).flatMap { (1...most).contains($0) ? $0 : nil }
  }
}
