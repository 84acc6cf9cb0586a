/// How scalars decompose, in what order marks stand, and what composes: the tables of Unicode normalisation.
///
/// They are made at the first text that needs them, in some milliseconds, of the texts in the folder Tables. Those are
/// made by Tests/Golden/unicode_tables.py and do not change with the system.
struct UnicodeTables: Sendable {
  /// The tables.
  static let shared = UnicodeTables()

  /// Characters that nobody sees and that tell a model nothing: soft hyphen, zero-width space, word joiner, byte order
  /// mark, and the signs of direction.
  ///
  /// Joiners (U+200C, U+200D) are not among them, since they change letters and emoji.
  private static let invisible: [ClosedRange<UInt32>] = [
    0xAD...0xAD, 0x61C...0x61C, 0x200B...0x200B, 0x200E...0x200F, 0x202A...0x202E, 0x2060...0x2060,
    0x2066...0x2069, 0xFEFF...0xFEFF,
  ]

  /// The canonical decomposition, in full, of each scalar that has one; without Hangul syllables.
  private var canonical: [UInt32: [UInt32]] = [:]
  /// The compatibility decomposition, in full, of each scalar where it is not the canonical one.
  private var compatible: [UInt32: [UInt32]] = [:]
  /// What two scalars compose to.
  private var compositions: [UInt64: UInt32] = [:]
  /// For every 256 scalars the number of their page among ``properties``; the first page is that of nothing.
  private var pages = [Int](repeating: 0, count: 0x1100)
  private var properties = [ScalarProperties](repeating: ScalarProperties(), count: 256)

  private init() {
    Self.read(Self.combiningClasses) { scalar, word in
      note(scalar) { $0.combiningClass = UInt8(word, radix: 16) ?? 0 }
    }
    var steps: [UInt32: [UInt32]] = [:]
    var excluded: Set<UInt32> = []
    Self.read(Self.canonicalMappings) { scalar, word in
      let isExcluded = word.hasPrefix("!")
      if isExcluded { excluded.insert(scalar) }
      steps[scalar] = Self.scalars(isExcluded ? word.dropFirst() : word)
    }
    canonical = steps.mapValues { Self.expanded($0, by: steps) }
    for (scalar, step) in steps {
      guard step.count == 2, !excluded.contains(scalar) else {
        note(scalar) { $0.flags.insert(.decomposed) }
        continue
      }
      compositions[Self.key(step[0], step[1])] = scalar
      note(step[1]) { $0.flags.insert(.composing) }
    }
    for jamo in Array(Hangul.vowels) + Array(Hangul.finals) {
      note(jamo) { $0.flags.insert(.composing) }
    }
    Self.read(Self.compatibilityMappings) { scalar, word in steps[scalar] = Self.scalars(word) }
    for (scalar, step) in steps {
      let whole = Self.expanded(step, by: steps)
      guard whole != canonical[scalar] else { continue }
      compatible[scalar] = whole
      note(scalar) { $0.flags.insert(.compatible) }
    }
    for scalar in Self.invisible.joined() { note(scalar) { $0.flags.insert(.invisible) } }
  }

  /// Whether nobody sees a scalar, so that every form but ``UnicodeForm/none`` drops it.
  static func isInvisible(_ scalar: UInt32) -> Bool {
    scalar >= 0xAD && invisible.contains { $0.contains(scalar) }
  }

  /// What there is to know of a scalar at a glance.
  @inline(__always)
  func properties(of scalar: UInt32) -> ScalarProperties {
    properties[pages[Int(scalar >> 8)] << 8 | Int(scalar & 0xFF)]
  }

  /// The scalars that a scalar is made of.
  func appendDecomposition(
    of scalar: UInt32, compatible isCompatible: Bool, to result: inout [UInt32]
  ) {
    if let parts = isCompatible ? compatible[scalar] ?? canonical[scalar] : canonical[scalar] {
      result += parts
    } else if !Hangul.appendDecomposition(of: scalar, to: &result) {
      result.append(scalar)
    }
  }

  /// Puts the marks after each letter in the order of their classes; equal ones stay as they stand.
  func order(_ scalars: inout [UInt32]) {
    var start = 0
    while start < scalars.count {
      guard properties(of: scalars[start]).combiningClass != 0 else {
        start += 1
        continue
      }
      let end =
        scalars[start...].firstIndex { properties(of: $0).combiningClass == 0 } ?? scalars.count
      let marks = scalars[start..<end].enumerated().sorted { left, right in
        let classes = (
          properties(of: left.element).combiningClass, properties(of: right.element).combiningClass
        )
        return classes.0 != classes.1 ? classes.0 < classes.1 : left.offset < right.offset
      }
      scalars.replaceSubrange(start..<end, with: marks.map(\.element))
      start = end
    }
  }

  /// Joins marks to the letter that they stand after, where nothing of their class or a higher one stands between.
  func compose(_ scalars: inout [UInt32]) {
    var starter: Int?
    var lastClass = -1
    var end = 0
    for scalar in scalars {
      let combiningClass = Int(properties(of: scalar).combiningClass)
      if let starter, lastClass < combiningClass,
        let composed = composition(scalars[starter], scalar)
      {
        scalars[starter] = composed
        continue
      }
      if combiningClass == 0 { starter = end }
      // Right after a letter everything may join it; after another letter nothing may.
      lastClass = combiningClass == 0 ? -1 : combiningClass
      scalars[end] = scalar
      end += 1
    }
    scalars.removeLast(scalars.count - end)
  }

  private func composition(_ left: UInt32, _ right: UInt32) -> UInt32? {
    Hangul.composition(left, right) ?? compositions[Self.key(left, right)]
  }
}

// MARK: - Reading

extension UnicodeTables {
  /// Calls `body` with every scalar of a table and its word.
  private static func read(_ table: String, _ body: (UInt32, Substring) -> Void) {
    var scalar: UInt32 = 0
    for word in table.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if word.hasSuffix(":") {
        scalar = UInt32(word.dropLast(), radix: 16) ?? 0
      } else {
        body(scalar, word)
        scalar += 1
      }
    }
  }

  private static func scalars(_ word: Substring) -> [UInt32] {
    word.split(separator: ".").map { UInt32($0, radix: 16) ?? 0xFFFD }
  }

  private static func expanded(_ step: [UInt32], by steps: [UInt32: [UInt32]]) -> [UInt32] {
    step.flatMap { scalar in steps[scalar].map { expanded($0, by: steps) } ?? [scalar] }
  }

  private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) << 32 | UInt64(right)
  }

  private mutating func note(_ scalar: UInt32, _ change: (inout ScalarProperties) -> Void) {
    let page = Int(scalar >> 8)
    if pages[page] == 0 {
      pages[page] = properties.count >> 8
      properties += [ScalarProperties](repeating: ScalarProperties(), count: 256)
    }
    change(&properties[pages[page] << 8 | Int(scalar & 0xFF)])
  }
}
