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
    problem(
      in: (1..<max(1, Int(CommandLine.argc))).map { index in
        guard let argument = unsafe CommandLine.unsafeArgv[index] else { return [] }
        return unsafe UnsafeBufferPointer(start: argument, count: strlen(argument)).map {
          UInt8(bitPattern: $0)
        }
      })
  }

  /// What is wrong with arguments.
  static func problem(in arguments: [[UInt8]]) -> String? {
    for (index, argument) in arguments.enumerated() {
      guard let invalid = UTF8Check.firstInvalid(argument) else { continue }
      let text = Excerpt.quoted(String(decoding: argument, as: UTF8.self))
      let byte = NumberText.hexadecimal(UInt64(argument[invalid]), digits: 2).uppercased()
      return """
        argument \(index + 1), \(text): byte \(invalid + 1) (0x\(byte)) is not valid UTF-8. \
        Use a terminal in UTF-8, rename the file, or give the text by standard input.
        """
    }
    return nil
  }
}
