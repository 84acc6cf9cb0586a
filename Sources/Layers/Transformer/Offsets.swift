extension [Int32] {
  /// Rows of the longest sentence, where these numbers say at which row each begins and at last how many there are.
  var longest: Int { zip(dropFirst(), self).reduce(0) { Swift.max($0, Int($1.0 - $1.1)) } }

  /// The place of each row in its sentence, from 0.
  package var positionsOfRows: [Int32] {
    zip(self, dropFirst()).flatMap { start, end in 0..<(end - start) }
  }

  /// The number of the sentence of each row.
  package var sentencesOfRows: [Int32] {
    zip(self, dropFirst()).enumerated().flatMap { sentence, range in
      repeatElement(Int32(sentence), count: Int(range.1 - range.0))
    }
  }
}
