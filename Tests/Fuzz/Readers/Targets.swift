import DragomanFuzzEntry

/// Readers of files and texts.
private let target = [
  FuzzTarget(name: "safetensors", body: FileInputs.safetensors),
  FuzzTarget(name: "json", body: TextInputs.json),
  FuzzTarget(name: "codec", body: TextInputs.codec),
  FuzzTarget(name: "text", body: TextInputs.roundTrip),
  FuzzTarget(name: "tsv", body: CorpusInput.reading("input.tsv")),
  FuzzTarget(name: "csv", body: CorpusInput.reading("input.csv")),
  FuzzTarget(name: "jsonl", body: CorpusInput.reading("input.jsonl")),
  FuzzTarget(name: "tmx", body: CorpusInput.reading("input.tmx")),
  FuzzTarget(name: "po", body: CorpusInput.reading("input.po")),
  FuzzTarget(name: "xliff", body: CorpusInput.reading("input.xlf")),
  FuzzTarget(name: "strings", body: CorpusInput.reading("input.strings", and: "other.strings")),
  FuzzTarget(name: "resx", body: CorpusInput.reading("input.resx", and: "other.resx")),
  FuzzTarget(name: "aligned", body: CorpusInput.reading("input.en", and: "other.fr")),
  FuzzTarget(name: "inflate", body: FileInputs.inflate),
  FuzzTarget(name: "gzip", body: FileInputs.gzip),
  FuzzTarget(name: "arrays", body: FileInputs.arrays),
  FuzzTarget(name: "image", body: FileInputs.image),
  FuzzTarget(name: "png", body: PNGInput.read),
].chosen

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.read(start, count)
}
