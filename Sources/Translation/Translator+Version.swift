extension Translator {
  /// The version of Dragoman, of which there is one for the library, the C interface and the command.
  public static let version = "0.1.0"
}
