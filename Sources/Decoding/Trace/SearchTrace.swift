import DragomanSystem
import DragomanTensor

/// What a search did with one source: the tree of all hypotheses it kept, and what else might have come at each step.
public struct SearchTrace: Sendable, Equatable {
  /// A token that may come next.
  public struct Alternative: Sendable, Equatable {
    /// As a person should see it.
    public let token: String
    /// log p given the tokens before it, in nats.
    public let logProbability: Float

    /// p given the tokens before it.
    public var probability: Double { exponential(Double(logProbability)) }
  }

  /// What became of a hypothesis.
  public enum Fate: String, Sendable {
    /// It went on.
    case continued
    /// All of its continuations were less probable than those of others.
    case dropped
    /// It could not come among the wanted ones any more when its sentence was done.
    case abandoned
    /// It ended.
    case finished
    /// The limit on length, or that nothing may follow, cut it off.
    case cutOff
  }

  /// A hypothesis: a token after those of its parent.
  public struct Node: Sendable, Equatable {
    /// Where the hypothesis that it continues stands; `nil` before the first token.
    public let parent: Int?
    /// Tokens so far.
    public let length: Int
    /// Its last token, as a person should see it.
    public let token: String
    /// log p of that token given those before it, in nats.
    public let logProbability: Float
    /// log p of all its tokens, in nats.
    public let total: Double
    /// What became of it.
    public let fate: Fate
    /// The most probable tokens after it, as far as rules allow them; empty if it did not go on.
    public let alternatives: [Alternative]

    /// p of its last token given those before it.
    public var probability: Double { exponential(Double(logProbability)) }
  }

  /// A hypothesis that has ended or was cut off.
  public struct Ending: Sendable, Equatable {
    /// Its last node; `nil` if it has no token.
    public let node: Int?
    /// Its text, without what takes the place of unknown words.
    public let text: String
    /// By what it is compared with others.
    public let score: Double
    /// Whether the end token is there.
    public let isFinished: Bool
  }

  /// All hypotheses, step by step; of a step's the best first, as the search chose them.
  public package(set) var nodes: [Node] = []
  /// The most probable first tokens.
  public package(set) var first: [Alternative] = []
  /// The endings, the best first; the translations are the first of them.
  public package(set) var endings: [Ending] = []

  /// The trace of a search that has done nothing.
  package init() {}

  /// Nodes from the first token to a node.
  public func path(to node: Int) -> [Int] {
    var path = [node]
    while let parent = nodes[path[path.count - 1]].parent { path.append(parent) }
    return path.reversed()
  }

  /// What might have come at each step of an ending.
  public func alternatives(along ending: Ending) -> [[Alternative]] {
    guard let node = ending.node else { return [] }
    return path(to: node).map { nodes[$0].parent.map { nodes[$0].alternatives } ?? first }
  }
}
