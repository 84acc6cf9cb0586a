import Glibc

/// A folder in memory for what can only be read from files.
public final class Scratch: Sendable {
  /// Where it is.
  public let path: String

  /// A folder of this process.
  public init(_ name: String) {
    let root = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    path = "\(root)/dragoman-fuzz-\(getpid())-\(name)"
    mkdir(path, 0o700)
    folders.append(path)
    if folders.count == 1 {
      atexit { for folder in folders { removeContents(folder, isRemoved: true) } }
    }
  }

  /// Writes a file, without waiting for a disk; gives its path.
  @discardableResult
  public func write(_ name: String, _ bytes: [UInt8]) -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600)
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      guard written > 0 else { fatalError("cannot write \(file)") }
      done += written
    }
    close(descriptor)
    return file
  }

  /// Removes what is in it.
  public func clear() { removeContents(path, isRemoved: false) }
}

nonisolated(unsafe) private var folders: [String] = []

private func removeContents(_ folder: String, isRemoved: Bool) {
  guard let list = opendir(folder) else { return }
  while let entry = readdir(list) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    guard name != ".", name != ".." else { continue }
    if unlink("\(folder)/\(name)") != 0 { removeContents("\(folder)/\(name)", isRemoved: true) }
  }
  closedir(list)
  if isRemoved { rmdir(folder) }
}
