import DragomanTestSupport
import DragomanModels
import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanTraining
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `A benchmark's report` {
  private var shape: Benchmark.Shape {
    var shape = Benchmark.Shape()
    (shape.sentences, shape.sourceLength, shape.targetLength) = (3, 4, 5)
    (shape.vocabulary, shape.steps) = (20, 2)
    return shape
  }

  private func report() -> BenchmarkReport {
    var configuration = ModelConfiguration()
    configuration.embedding = 4
    configuration.recurrentEncoder.hidden = 4
    configuration.recurrentDecoder.hidden = 4
    configuration.attention.size = 4
    var report = BenchmarkReport(
      threads: 1, instructions: "portable", peak: 1e9, bandwidth: 2e9, shape: shape)
    report.model = Benchmark(configuration, shape: shape, threads: 1).run()
    return report
  }

  @Test func `says what was timed, part by part`() throws {
    let lines = report().text.split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("machine"))
    #expect(lines[0].hasSuffix("1 thread, portable: 1.00 GFLOP/s, 2.00 GB/s"))
    #expect(lines[1].contains("3 sentences of 4 → 5 tokens, 20 entries"))
    for part in ["encoder", "attentionBackward", "output", "optimizer"] {
      #expect(lines.contains { $0.hasPrefix("  \(part) ") }, "no line of \(part)")
    }
    #expect(lines.contains { $0.hasPrefix("memory") })
  }

  @Test func `times every part of a step, and decoding`() throws {
    let result = try #require(report().model)
    let sum = result.parts.reduce(0) { $0 + $1.seconds }
    #expect(sum > 0 && result.step > 0 && result.operations > 0)
    #expect(result.parts.allSatisfy { $0.seconds >= 0 })
    #expect(result.decoding.tokens > 0 && result.decoding.sentence > 0)
    #expect((result.screenedDecoding != nil) == Kernels(threads: 1).screensAreFast)
  }

  @Test func `is one JSON object for machines`() throws {
    let text = report().json.serialized()
    let json = try JSON.parse(Array(text.utf8), file: "report")
    #expect(json["threads"]?.int == 1)
    #expect(json["parts"]?["decoderBackward"]?.double != nil)
    #expect(json["products"] == nil)
  }

  @Test func `times convolutions`() throws {
    let convolution = ConvolutionBenchmark(
      ConvolutionShape(from: 3, to: 5, kernel: 3, stride: 2),
      GridShape(images: 2, height: 5, width: 7))
    #expect(convolution.operations == 6 * 24 * 5 * 27)
    let seconds = convolution.run(Kernels(threads: 1))
    #expect(seconds.forward > 0 && seconds.both > 0)
    var report = BenchmarkReport(
      threads: 1, instructions: "portable", peak: 1e9, bandwidth: 1, shape: shape)
    report.convolutions = [(convolution, (0.01, 0.02))]
    #expect(
      report.text.hasSuffix(
        "2 × 5 × 7, 3 → 5, 3 × 3 by 2: forward 10.0 ms, both ways 20.0 ms, 0.000972 GFLOP/s, 0.0972 % of the peak"
      ))
    let json = try JSON.parse(Array(report.json.serialized().utf8), file: "report")
    #expect(json["convolutions"]?.array?.first?["outputs"]?.int == 5)
  }

  @Test func `times a vision transformer`() throws {
    var benchmark = VisionBenchmark()
    (benchmark.encoder.width, benchmark.encoder.layers, benchmark.encoder.inner) = (8, 2, 12)
    benchmark.image = ImageShape(height: 8, width: 12, channels: 1)
    benchmark.images = 3
    let found = benchmark.run(steps: 2, Kernels(threads: 1))
    // Patches of 16 numbers, a row for the class and for each of the six patches; q, k, v and what comes of them 4 · 8
    // · 8, the feed-forward network 2 · 8 · 12; ten classes.
    let patches = 6.0 * 16 * 8
    #expect(found.operations > 6 * 3 * (patches + 2 * 7 * (4 * 64 + 2 * 96)))
    #expect(found.step > 0 && found.parameters > 0)
    var report = BenchmarkReport(
      threads: 1, instructions: "portable", peak: 1e9, bandwidth: 1, shape: shape)
    report.vision = (benchmark, found)
    #expect(report.text.contains("3 × 8 × 12, 2 layers of 8: "))
    let json = try JSON.parse(Array(report.json.serialized().utf8), file: "report")
    #expect(json["vision"]?["inner"]?.int == 12)
  }

  @Test(arguments: ProductBenchmark.Form.allCases) func `times products`(
    _ form: ProductBenchmark.Form
  ) throws {
    let product = ProductBenchmark(3, 40, 5, form)
    #expect(product.operations == 1200)
    let seconds = product.run(Kernels(threads: 1))
    #expect(seconds > 0)
    var report = BenchmarkReport(
      threads: 1, instructions: "portable", peak: 1e9, bandwidth: 1, shape: shape)
    report.products = [(product, 1.2e-6)]
    #expect(report.text.hasSuffix("3 × 40 × 5: 1.20 µs, 1.00 GFLOP/s, 100 % of the peak"))
    #expect(try JSON.parse(Array(report.json.serialized().utf8), file: "report")["products"] != nil)
  }
}
