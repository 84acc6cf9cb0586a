import Glibc

extension [FuzzTarget] {
  /// The target that the environment names; ends the program where there is none, or where seeds are wanted.
  public var chosen: FuzzTarget {
    let name = getenv("DRAGOMAN_FUZZ").map { String(cString: $0) } ?? ""
    guard let target = first(where: { $0.name == name }) else {
      let message = "set DRAGOMAN_FUZZ to one of \(map(\.name).joined(separator: ", "))\n"
      _ = write(STDERR_FILENO, message, message.utf8.count)
      exit(2)
    }
    if let folder = getenv("DRAGOMAN_FUZZ_SEEDS").map({ String(cString: $0) }) {
      for (index, seed) in target.seeds().enumerated() {
        guard let file = fopen("\(folder)/\(index)", "w") else { exit(1) }
        fwrite(seed, 1, seed.count, file)
        fclose(file)
      }
      exit(0)
    }
    return target
  }
}

extension FuzzTarget {
  /// Reads what libFuzzer has made.
  public func read(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    body(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  }
}
