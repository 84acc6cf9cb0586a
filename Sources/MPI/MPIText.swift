#if MPI
  internal import CMPI

  /// Texts that MPI writes into a buffer.
  enum MPIText {
    /// What a function wrote, of so many bytes at most, without what ends lines.
    static func read(
      _ most: some BinaryInteger,
      _ write: (UnsafeMutablePointer<CChar>, UnsafeMutablePointer<Int32>) -> Int32
    ) throws -> String {
      var bytes = [CChar](repeating: 0, count: Int(most) + 1)
      var length: Int32 = 0
      let code = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return Int32(0) }
        return unsafe write(base, &length)
      }
      guard code == 0 else { throw MPIError.failed(reason: "error \(code)") }
      let text = bytes.prefix(max(Int(length), 0)).map { UInt8(bitPattern: $0) }
      return String(
        decoding: text.prefix { $0 != 0 && $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
  }
#endif
