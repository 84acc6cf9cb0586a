package import DragomanDecoding

/// Ways to decode that differ in what the search does.
package enum SearchSettings {
  /// Each changes a configuration.
  package static let all: [@Sendable (inout DecodingConfiguration) -> Void] = [
    { $0.beam = 1 }, { $0.beam = 2 }, { $0.beam = 5 },
    {
      $0.beam = 4
      $0.coveragePenalty = 0.2
      $0.noRepeat = 2
      $0.minimumLength = 3
    },
    {
      $0.beam = 5
      $0.beamThreshold = 0.5
    },
    { $0.search = .sampling },
    {
      $0.search = .sampling
      $0.topK = 7
      $0.temperature = 1.5
    },
  ]
}
