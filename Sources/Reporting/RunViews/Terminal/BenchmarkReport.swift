package import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanTensor
package import DragomanTraining

/// What a benchmark found, as text and as JSON.
package struct BenchmarkReport {
  /// Threads that computed.
  package let threads: Int
  /// The instruction set in use.
  package let instructions: String
  /// Floating-point operations per second that fused multiply-adds alone reach on these threads.
  package let peak: Double
  /// Bytes per second that reading memory reaches.
  package let bandwidth: Double
  /// What was timed.
  package let shape: Benchmark.Shape
  /// Training and decoding, if they were timed.
  package var model: Benchmark.Result?
  /// Products and their seconds, if they were timed.
  package var products: [(product: ProductBenchmark, seconds: Double)] = []
  /// Convolutions and the seconds of their way forward, and of both ways, if they were timed.
  package var convolutions:
    [(convolution: ConvolutionBenchmark, seconds: (forward: Double, both: Double))] = []

  /// Training of a vision transformer, if it was timed.
  package var vision: (benchmark: VisionBenchmark, found: VisionBenchmark.Result)?

  /// A report on a machine, with nothing timed yet.
  package init(
    threads: Int, instructions: String, peak: Double, bandwidth: Double, shape: Benchmark.Shape
  ) {
    self.threads = threads
    self.instructions = instructions
    self.peak = peak
    self.bandwidth = bandwidth
    self.shape = shape
  }

  /// For machines: numbers in seconds, operations and bytes.
  package var json: JSON {
    let machine: JSON = [
      "threads": .int(threads), "instructions": .string(instructions), "peak": .double(peak),
      "bandwidth": .double(bandwidth),
    ]
    return machine.adding(model.map(json) ?? [:]).adding([
      "products": products.isEmpty
        ? nil
        : .array(
          products.map { product, seconds in
            [
              "rows": .int(product.rows), "columns": .int(product.columns),
              "depth": .int(product.depth), "form": .string(product.form.rawValue),
              "seconds": .double(seconds), "operations": .double(product.operations / seconds),
              "share": .double(product.operations / seconds / peak),
            ]
          }),
      "convolutions": convolutions.isEmpty ? nil : .array(convolutions.map(json)),
      "vision": vision.map(json),
    ])
  }

  private func json(_ vision: VisionBenchmark, _ found: VisionBenchmark.Result) -> JSON {
    [
      "images": .int(vision.images), "height": .int(vision.image.height),
      "width": .int(vision.image.width), "channels": .int(vision.image.channels),
      "classes": .int(vision.classes), "patch": .int(vision.encoder.patch),
      "layers": .int(vision.encoder.layers), "size": .int(vision.encoder.width),
      "heads": .int(vision.encoder.heads), "inner": .int(vision.encoder.inner),
      "parameters": .int(found.parameters), "step": .double(found.step),
      "imagesPerSecond": .double(Double(vision.images) / found.step),
      "operations": .double(found.operations / found.step),
      "share": .double(found.operations / found.step / peak), "memory": .int(found.memory),
    ]
  }

  private func json(
    _ convolution: ConvolutionBenchmark, _ seconds: (forward: Double, both: Double)
  ) -> JSON {
    let (shape, images) = (convolution.shape, convolution.images)
    return [
      "images": .int(images.images), "height": .int(images.height), "width": .int(images.width),
      "inputs": .int(shape.inputs), "outputs": .int(shape.outputs), "kernel": .int(shape.kernel),
      "stride": .int(shape.stride), "padding": .int(shape.padding), "groups": .int(shape.groups),
      "forward": .double(seconds.forward), "seconds": .double(seconds.both),
      "operations": .double(convolution.operations / seconds.both),
      "share": .double(convolution.operations / seconds.both / peak),
    ]
  }

  private func json(_ model: Benchmark.Result) -> JSON {
    let screened = model.screenedDecoding
    return [
      "sentences": .int(shape.sentences), "length": .int(shape.targetLength),
      "sourceLength": .int(shape.sourceLength), "vocabulary": .int(shape.vocabulary),
      "beam": .int(shape.beam), "steps": .int(shape.steps),
      "parameters": .int(model.parameters), "step": .double(model.step),
      "trainingTokens": .double(model.trainingTokens),
      "operations": .double(model.operations), "share": .double(model.operations / peak),
      "parts": .object(model.parts.map { ($0.part.rawValue, .double($0.seconds)) }),
      "decodingTokens": .double(model.decoding.tokens),
      "sentence": .double(model.decoding.sentence),
      "memory": .int(model.trainingMemory),
      "screenedTokens": screened.map { .double($0.tokens) },
      "screenedSentence": screened.map { .double($0.sentence) },
    ]
  }

  /// For people.
  package var text: String {
    var lines = [
      (
        "machine",
        "\(Words.count(threads, "thread")), \(instructions): \(number(peak / 1e9)) GFLOP/s, "
          + "\(number(bandwidth / 1e9)) GB/s"
      )
    ]
    if let model { lines += self.lines(model) }
    for (product, seconds) in products {
      let rate = product.operations / seconds
      lines.append(
        (
          product.form.rawValue,
          "\(product.rows) × \(product.columns) × \(product.depth): \(number(seconds * 1e6)) µs, "
            + "\(number(rate / 1e9)) GFLOP/s, \(number(100 * rate / peak)) % of the peak"
        ))
    }
    for (convolution, seconds) in convolutions {
      let (shape, images) = (convolution.shape, convolution.images)
      let rate = convolution.operations / seconds.both
      lines.append(
        (
          "convolution",
          "\(images.images) × \(images.height) × \(images.width), \(shape.inputs) → "
            + "\(shape.outputs), \(shape.kernel) × \(shape.kernel)"
            + (shape.stride > 1 ? " by \(shape.stride)" : "")
            + (shape.groups > 1 ? ", \(shape.groups) groups" : "")
            + ": forward \(number(seconds.forward * 1e3)) ms, both ways "
            + "\(number(seconds.both * 1e3)) ms, \(number(rate / 1e9)) GFLOP/s, "
            + "\(number(100 * rate / peak)) % of the peak"
        ))
    }
    if let (vision, found) = vision {
      let rate = found.operations / found.step
      lines.append(
        (
          "vision",
          "\(vision.images) × \(vision.image.height) × \(vision.image.width), "
            + "\(vision.encoder.layers) layers of \(vision.encoder.width): "
            + "\(number(Double(vision.images) / found.step)) images/s, \(number(found.step * 1e3)) ms a step, "
            + "\(number(rate / 1e9)) GFLOP/s, \(number(100 * rate / peak)) % of the peak, "
            + NumberText.bytes(found.memory)
        ))
    }
    let width = (lines.map(\.0.count).max() ?? 0) + 2
    return lines.map { $0 + String(repeating: " ", count: width - $0.count) + $1 }
      .joined(separator: "\n")
  }

  private func lines(_ model: Benchmark.Result) -> [(String, String)] {
    let lengths =
      shape.sourceLength == shape.targetLength
      ? "\(shape.targetLength)" : "\(shape.sourceLength) → \(shape.targetLength)"
    let total = model.parts.reduce(0) { $0 + $1.seconds }
    return [
      (
        "model",
        "\(NumberText.grouped(model.parameters)) parameters; \(shape.sentences) sentences of "
          + "\(lengths) tokens, \(NumberText.grouped(shape.vocabulary)) entries"
      ),
      (
        "training",
        "\(NumberText.grouped(Int(model.trainingTokens))) target tokens/s, "
          + "\(number(model.step * 1000)) ms a step, \(number(model.operations / 1e9)) GFLOP/s, "
          + "\(number(100 * model.operations / peak)) % of the peak"
      ),
    ]
      + model.parts.map { part, seconds in
        (
          "  " + part.rawValue,
          "\(number(seconds * 1000)) ms, \(number(100 * seconds / total, 2)) %"
        )
      } + [("decoding", text(model.decoding))]
      + (model.screenedDecoding.map { [("  screened", text($0))] } ?? []) + [
        ("memory", "\(NumberText.bytes(model.trainingMemory)) at most while training")
      ]
  }

  private func text(_ decoding: Benchmark.Decoding) -> String {
    "\(NumberText.grouped(Int(decoding.tokens))) tokens/s in a batch"
      + (shape.beam > 1 ? " with a beam of \(shape.beam)" : "")
      + "; one sentence \(number(decoding.sentence * 1000)) ms"
  }

  private func number(_ value: Double, _ digits: Int = 3) -> String {
    NumberText.significant(value, digits: digits)
  }
}
