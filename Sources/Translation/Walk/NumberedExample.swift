import DragomanSystem

/// One example of a file, as `caption` and `classify` name it: the file, or of a file with several the file and a
/// number in brackets, from 0.
struct NumberedExample {
  /// The file.
  let path: String
  /// The number, if there is one.
  let index: Int?

  /// The example of a name; a file whose own name ends so stands for itself.
  init(_ name: String) {
    guard name.hasSuffix("]"), !Files.exists(name), let open = name.lastIndex(of: "["),
      let index = Int(name[name.index(after: open)...].dropLast()), index >= 0
    else {
      (path, self.index) = (name, nil)
      return
    }
    (path, self.index) = (String(name[..<open]), index)
  }

  /// The number among as many examples as the file has.
  func place(among count: Int) throws(WalkError) -> Int {
    guard let index else {
      guard count == 1 else { throw .several(file: path, count: count) }
      return 0
    }
    guard index < count else { throw .noExample(file: path, index: index, count: count) }
    return index
  }
}
