/// The reverse task: letters and the same letters backwards.
enum Reverse {
  /// Twenty symbols.
  static let symbols = "abcdefghijklmnopqrst".map(String.init)

  /// Lines of the three parts; no sequence is in two of them.
  static func parts() -> [Part: [String]] {
    var random = Random("reverse")
    var seen: Set<String> = []
    var result: [Part: [String]] = [:]
    for (part, count) in [(Part.train, 6000), (.validation, 200), (.test, 200)] {
      var lines: [String] = []
      while lines.count < count {
        let length = 3 + random.below(10)
        let letters = (0..<length).map { _ in random.pick(symbols) }
        let source = letters.joined(separator: " ")
        let target = letters.reversed().joined(separator: " ")
        // Neither direction twice, so that no target of one part is a target of another.
        if seen.contains(source) || seen.contains(target) { continue }
        seen.insert(source)
        seen.insert(target)
        lines.append(source + "\t" + target)
      }
      result[part] = lines
    }
    return result
  }
}
