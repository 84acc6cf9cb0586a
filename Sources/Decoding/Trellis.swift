/// All tokens that a search has written, each with the one before it: hypotheses share their beginnings.
struct Trellis {
  /// A token of one or more hypotheses.
  private struct Node {
    let parent: Int
    let token: Int32
    let logProbability: Float
  }

  /// What stands before the first token.
  static let root = -1

  /// In the order in which they were written, so that a parent stands before its children.
  private var nodes: [Node] = []
  /// The attention of each node; empty unless it is kept.
  private var attention: [[Float]] = []

  /// Adds a token after that of `parent`; with attention always or never.
  mutating func append(
    _ token: Int32, logProbability: Float, attention weights: [Float]?, after parent: Int
  ) -> Int {
    nodes.append(Node(parent: parent, token: token, logProbability: logProbability))
    if let weights { attention.append(weights) }
    return nodes.count - 1
  }

  /// The tokens up to a node, the first one first.
  func tokens(to node: Int) -> [Int32] { path(to: node).map { nodes[$0].token } }

  /// Everything up to a node; its score is still the log-probability.
  func hypothesis(at node: Int, isFinished: Bool) -> Hypothesis {
    let path = path(to: node)
    var result = Hypothesis()
    result.tokens = path.map { nodes[$0].token }
    result.logProbabilities = path.map { nodes[$0].logProbability }
    if !attention.isEmpty { result.attention = path.map { attention[$0] } }
    result.isFinished = isFinished
    return result
  }

  /// The nodes up to one, the first token's first.
  private func path(to node: Int) -> [Int] {
    var path: [Int] = []
    var node = node
    while node != Self.root {
      path.append(node)
      node = nodes[node].parent
    }
    return path.reversed()
  }
}
