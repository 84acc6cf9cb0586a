import DragomanFormats

/// How what is not words differs between the two sides of a pair.
struct PairContents {
  private let source: LineContents
  private let target: LineContents

  init(_ source: ArraySlice<UInt8>, _ target: ArraySlice<UInt8>) {
    self.source = LineContents(source)
    self.target = LineContents(target)
  }

  /// Whether there is a number on a side.
  var hasNumbers: Bool { !source.digits.isEmpty || !target.digits.isEmpty }

  /// What was found, each with the part of the pair that shows it.
  var findings: [(kind: CorpusProblem.Kind, excerpt: String)] {
    var result: [(CorpusProblem.Kind, String)] = []
    if let entity = source.firstEntity ?? target.firstEntity {
      result.append((.entities, Excerpt.quoted(entity)))
    }
    let kinds: [(CorpusProblem.Kind, [String], [String])] = [
      (.placeholders, source.placeholders, target.placeholders), (.tags, source.tags, target.tags),
    ]
    for (kind, one, other) in kinds where one != other {
      result.append((kind, Self.against(one, other, isTag: kind == .tags)))
    }
    if source.addresses.count != target.addresses.count {
      result.append((.addresses, Self.against(source.addresses, target.addresses)))
    }
    if numbersDiffer { result.append((.numbers, Self.against(source.digits, target.digits))) }
    return result
  }

  /// Whether numbers differ in digits, however those are grouped; a short number on one side only may be written out in
  /// words on the other one.
  private var numbersDiffer: Bool {
    guard source.digits != target.digits, source.numbers != target.numbers else { return false }
    let (one, other) = (
      Self.rest(source.digits, without: target.digits),
      Self.rest(target.digits, without: source.digits)
    )
    return !one.isEmpty && !other.isEmpty || (one + other).contains { $0.utf8.count >= 3 }
  }

  /// What each side has that the other one has not.
  private static func against(_ one: [String], _ other: [String], isTag: Bool = false) -> String {
    func words(_ items: [String]) -> String {
      guard let first = items.first else { return "nothing" }
      return Excerpt.quoted(isTag ? "<\(first)>" : first) + (items.count > 1 ? " and more" : "")
    }
    return words(rest(one, without: other)) + " against " + words(rest(other, without: one))
  }

  private static func rest(_ items: [String], without others: [String]) -> [String] {
    var others = others
    return items.filter { item in
      guard let place = others.firstIndex(of: item) else { return true }
      others.remove(at: place)
      return false
    }
  }
}
