import DragomanFormats
import DragomanModels
package import DragomanText

/// What a model has never met of a line that it is to read.
package struct SourceNote: Sendable, Equatable {
  /// Words that it has not learnt anything of, each once.
  package let unseen: [String]
  /// The tokens of the line and of the longest source learnt from, if the line has more.
  package let length: (found: Int, longest: Int)?

  /// What a model with this codec, learnt from this text, has never met of a line; `nil` if it has met the like.
  package init?(_ line: String, _ codec: TextCodec, _ learnt: LearntText?) {
    unseen = codec.unseenWords(of: line, among: learnt?.words)
    let longest = learnt?.longestSource ?? .max
    // A token has a byte at the least, but for a mark at the begin that is a piece by itself.
    let found = line.utf8.count >= longest ? codec.encode(line).count : 0
    length = found > longest ? (found, longest) : nil
    if unseen.isEmpty, length == nil { return nil }
  }

  /// Whether two notes say the same.
  package static func == (left: SourceNote, right: SourceNote) -> Bool {
    left.unseen == right.unseen && left.length?.found == right.length?.found
      && left.length?.longest == right.length?.longest
  }
}

extension Translator {
  /// What the model has never met of a line; `nil` if it has met the like.
  package func note(on line: String) -> SourceNote? {
    SourceNote(TextGate.text(line), model.source, learnt)
  }

  /// What the model cannot write of a target; `nil` if it can write all of it.
  package func targetNote(on line: String) -> SourceNote? {
    SourceNote(TextGate.text(line), model.target, nil)
  }

  /// Whether the model can write that a word is unknown: `nil` if its file does not tell.
  package var hasMetUnknownWords: Bool? {
    if model.target.tokenizer.kind == .bpe { return false }
    return learnt.map { $0.unknownTargets > 0 }
  }
}
