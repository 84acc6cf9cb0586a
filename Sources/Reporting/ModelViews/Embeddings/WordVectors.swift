import DragomanTensor
import DragomanText
import DragomanTranslation

extension ModelFile {
  /// The tables of word vectors with whose words they are: source and target, or one that both share.
  var wordVectors: [(side: String, codec: TextCodec, table: Matrix)] {
    if let table = weights[named: "embedding"] { return [("shared", source, table)] }
    return [("source", source, "encoder.embedding"), ("target", target, "decoder.embedding")]
      .compactMap { side, codec, name in weights[named: name].map { (side, codec, $0) } }
  }
}
