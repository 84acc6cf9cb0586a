extension ParallelCorpus {
  mutating func readJSONLines(
    _ path: String, _ layout: CorpusLayout, _ summary: inout CorpusSummary
  )
    throws(CorpusError)
  {
  }
}
