import DragomanFuzzEntry

/// What needs models, a training or the program.
private let target = [
  FuzzTarget(name: "model", body: ModelInput.read, seeds: { ModelInput.seeds }),
  FuzzTarget(name: "state", body: StateInput.resume, seeds: { StateInput.seeds }),
  FuzzTarget(name: "configuration", body: ConfigurationInput.read),
  FuzzTarget(name: "dictionary", body: ConfigurationInput.dictionary),
  FuzzTarget(name: "keys", body: ArgumentsInput.keys),
  FuzzTarget(name: "log", body: RunInput.log),
  FuzzTarget(name: "arguments", body: ArgumentsInput.run),
].chosen

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.read(start, count)
}
