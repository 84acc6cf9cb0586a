public enum TokenizerKind: String, CaseIterable, Sendable { case word, character, bpe }
public enum CorpusFile: Sendable, Equatable { case tsv(String) }
public struct EncodedPair: Sendable { public var source: [Int32]; public var target: [Int32]; public init(source: [Int32], target: [Int32]) { self.source = source; self.target = target } }
public struct Batch: Sendable { public var sourceIDs: [Int32] = [], sourceOffsets: [Int32] = [0], targetIDs: [Int32] = [], targetOffsets: [Int32] = [0], indices: [Int] = []
 public init(pairs: [EncodedPair]) { for (i,p) in pairs.enumerated() { sourceIDs += p.source; sourceOffsets.append(Int32(sourceIDs.count)); targetIDs += p.target; targetOffsets.append(Int32(targetIDs.count)); indices.append(i) } } }
