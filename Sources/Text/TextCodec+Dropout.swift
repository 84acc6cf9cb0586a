extension TextCodec {
  /// The numbers of the tokens of some lines, each with the vocabulary's end, where each merge of byte pairs is left
  /// out by chance, so that a model meets the same word in many guises (Provilkov, Emelianenko and Voita 2020,
  /// arXiv:1910.13267).
  ///
  /// - Parameters:
  ///   - lines: a text.
  ///   - numbers: which of its lines.
  ///   - whole: the same lines as they are otherwise; one that becomes too long stays so.
  ///   - probability: the chance that a merge is left out, at each step, in `0..<1`.
  ///   - maximumLength: the most tokens, the end included.
  ///   - generator: the chance of the line of this number.
  package func encode<Generator: RandomNumberGenerator>(
    _ lines: TextLines, at numbers: [Int], else whole: EncodedLines, dropping probability: Double,
    maximumLength: Int, generator: (Int) -> Generator
  ) -> EncodedLines {
    precondition((0..<1).contains(probability), "a dropout of \(probability) is not in 0..<1")
    let threshold = UInt64(probability * 0x1p64)
    var encoder = LineEncoder(self)
    var result = EncodedLines()
    var ids: [Int32] = []
    for (row, number) in numbers.enumerated() {
      var random = generator(number)
      ids.removeAll(keepingCapacity: true)
      encoder.append(lines.bytes.span.extracting(lines.range(at: number)), to: &ids) {
        random.next() < threshold
      }
      ids.append(vocabulary.end)
      result.append(ids.count <= maximumLength ? ids : whole[row])
    }
    return result
  }
}
