import DragomanPages
import DragomanTranslation

/// Which layers of a Transformer a page shows the inside of, so that it stays small.
struct TransformerDetail {
  /// Bytes of a page that the insides of a side's layers may take.
  static let limit = 2_000_000

  private let count: Int
  /// The layers that are shown whole, from 0.
  let shown: Set<Int>

  /// Of layers of so many bytes each: the top one first, then the lowest, then those from the top down.
  init(_ layers: [[WalkPart]]) {
    count = layers.count
    let each = max(layers.first.map(Self.bytes) ?? 1, 1)
    let order = (count > 1 ? [count - 1, 0] : [0]) + (1..<max(count - 1, 1)).reversed()
    shown = Set(order.prefix(Self.limit / each))
  }

  /// What is said of the layers that are left out; nothing if none is.
  var note: HTML {
    guard shown.count < count else { return .nothing }
    let left = (0..<count).filter { !shown.contains($0) }.map { "\($0 + 1)" }
    let layers =
      left.count == 1
      ? "layer \(left[0])"
      : "layers \(left.dropLast().joined(separator: ", ")) and \(left[left.count - 1])"
    return HTML(
      .p, [.class("note")],
      .text("The inside of \(layers) is left out, so that the page stays small: "),
      HTML(.code, "dragoman explain --json"), " has it.")
  }

  /// About what the inside of a layer takes.
  private static func bytes(_ parts: [WalkPart]) -> Int {
    parts.reduce(0) { $0 + bytes($1) }
  }

  private static func bytes(_ part: WalkPart) -> Int {
    let width = part.given.first?.count ?? 0
    let common = 2 * strip(width) * part.given.count
    switch part.work {
    case .selfAttention(let heads):
      return common + bytes(heads) + 4 * strip(width) * part.given.count
    case .recurrence(let recurrence): return common + 3 * strip(width) * recurrence.steps.count
    case .cross(let heads): return common + bytes(heads) + 2 * strip(width) * part.given.count
    case .feedForward(let inner, let activated):
      return common + (inner + activated).reduce(0) { $0 + strip($1.count) }
    }
  }

  private static func bytes(_ heads: WalkHeads) -> Int {
    heads.views.joined().reduce(0) { $0 + 2 * strip($1.seen.count) }
  }

  /// A strip of so many numbers: its markup, a path for each of its cells at most, and the numbers in base 64.
  private static func strip(_ count: Int) -> Int {
    350 + 22 * min(count, VectorStrip.cells) + count * 16 / 3
  }
}
