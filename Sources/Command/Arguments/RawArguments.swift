import DragomanFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The arguments of the process as bytes, which Swift would repair without a word.
enum RawArguments {
  /// What is wrong with the arguments that follow the program's name; `nil` if all are text.
  static var problem: String? {
    for number in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = unsafe CommandLine.unsafeArgv[number] else { continue }
      let bytes = unsafe UnsafeRawBufferPointer(start: argument, count: strlen(argument))
      if let problem = unsafe problem(in: Array(bytes), number) { return problem }
    }
    return nil
  }

  /// What is wrong with arguments.
  static func problem(in arguments: [[UInt8]]) -> String? {
    arguments.enumerated().lazy.compactMap { problem(in: $1, $0 + 1) }.first
  }

  private static func problem(in argument: [UInt8], _ number: Int) -> String? {
    guard let invalid = UTF8Check.firstInvalid(argument) else { return nil }
    let text = Excerpt.quoted(String(decoding: argument, as: UTF8.self))
    let byte = NumberText.hexadecimal(UInt64(argument[invalid]), digits: 2).uppercased()
    return """
      argument \(number), \(text): byte \(invalid + 1) (0x\(byte)) is not valid UTF-8. \
      Use a terminal in UTF-8, rename the file, or give the text by standard input.
      """
  }
}
