/// What the operating system refused: which file, what was wanted, why not, what to do.
public struct FileError: Error, Equatable {
  /// The file, by its path.
  public let file: String
  /// What was to be done with it.
  public let wanted: String
  /// Why it was not.
  public let reason: String
  /// What may help.
  public let remedy: String?

  /// A refusal.
  package init(file: String, wanted: String, reason: String, remedy: String? = nil) {
    (self.file, self.wanted, self.reason, self.remedy) = (file, wanted, reason, remedy)
  }
}

extension FileError: CustomStringConvertible {
  /// What is wrong, and what to do where there is something to do.
  public var description: String {
    "\(file): cannot \(wanted): \(reason)." + (remedy.map { " \($0)" } ?? "")
  }
}
