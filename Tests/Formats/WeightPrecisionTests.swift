import DragomanSystem
import DragomanTestSupport
import Testing

@testable import DragomanFormats

@Suite struct `Weights in fewer bits` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What a tensor of these numbers gives back.
  private func stored(_ floats: [Float], _ precision: WeightPrecision) throws -> [Float] {
    var writer = SafetensorsWriter()
    if precision == .int8 {
      let rows = QuantizedRows(floats, columns: 2)
      writer.add("w.scale", shape: [rows.scales.count]) { rows.scales }
      writer.add("w", shape: [floats.count / 2, 2], codesOf: rows)
    } else {
      writer.add("w", shape: [floats.count / 2, 2], precision) { floats }
    }
    try writer.write(to: folder["F"])
    let reader = try SafetensorsReader(path: folder["F"])
    try reader.verifyChecksum()
    let tensor = try #require(reader.tensor(named: "w"))
    #expect(tensor.type == precision.type)
    var found: [Float] = []
    try reader.readWeights(tensor) { start, part in
      #expect(start == found.count)
      found += part
    }
    return found
  }

  /// Numbers that are halves, or lie between two of them, and what they become: the even one of two equally near.
  @Test func `are rounded to the nearest half, and to the even one of two`() throws {
    let cases: [(Float, Float)] = [
      (0, 0), (1, 1), (-1.5, -1.5), (65504, 65504), (-65504, -65504), (0x1p-14, 0x1p-14),
      (0x1p-24, 0x1p-24), (0x1p-25, 0), (0x1.8p-25, 0x1p-24), (0x1.8p-24, 0x1p-23),
      (0x1.7p-24, 0x1p-24),
      // The last place of 1 is 2^-10.
      (0x1.002p0, 1), (0x1.006p0, 0x1.008p0), (0x1.002002p0, 0x1.004p0), (0x1.003p0, 0x1.004p0),
      // Up into the next exponent, and from subnormal to normal numbers.
      (0x1.ffep0, 2), (0x1.ffep-15, 0x1p-14), (2049, 2048), (2051, 2052),
    ]
    let found = try stored(cases.map(\.0) + (cases.count % 2 == 0 ? [] : [0]), .f16)
    for ((given, expected), half) in zip(cases, found) {
      #expect(half == expected, "\(given)")
    }
    #expect(try stored([-0.0, -0x1p-26], .f16).map(\.sign) == [.minus, .minus])
  }

  /// Every half is read as the number that it stands for, and stays the same when it is written again.
  @Test func `give every half back`() {
    for bits in UInt16.min...UInt16.max {
      let bytes = [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
      let float = TensorType.f16.floats(bytes)[0]
      let value = TensorType.f16.value(UInt64(bits)) ?? .nan
      #expect(Double(float) == value || float.isNaN && value.isNaN)
      if float.isFinite { #expect(TensorType.rounded([float], to: .f16) == bytes) }
    }
  }

  @Test func `are rounded to the nearest upper half of a float`() throws {
    let cases: [(Float, Float)] = [
      (0, 0), (1, 1), (-3, -3), (0x1.01p0, 1), (0x1.03p0, 0x1.04p0), (0x1.010002p0, 0x1.02p0),
      (0x1.ffp0, 2), (.leastNonzeroMagnitude, 0), (0x1.fep127, 0x1.fep127),
    ]
    let found = try stored(cases.map(\.0) + [0], .bf16)
    for ((given, expected), float) in zip(cases, found) { #expect(float == expected, "\(given)") }
  }

  /// Half a scale is the bound, up to the rounding of the product; no row has anything to do with another.
  @Test(arguments: [1, 1e-3, 1e4, 0x1p-136, 0x1.fep127] as [Float])
  func `of eight bits are half a scale off at most`(_ size: Float) {
    var random = SplitMix(seed: 3)
    let range: ClosedRange<Float> = -1...1
    let columns = 37
    var floats = (0..<(11 * columns)).map { _ in size * Float.random(in: range, using: &random) }
    for column in 0..<columns { floats[3 * columns + column] = 0 }
    floats[5 * columns + 4] = -size
    let rows = QuantizedRows(floats, columns: columns)
    #expect(rows.scales.count == 11 && rows.codes.count == floats.count)
    #expect(rows.scales[3] == 0 && rows.scales.allSatisfy(\.isFinite))
    #expect(!rows.codes.contains(0x80), "-128 has no positive counterpart")
    for (index, (float, found)) in zip(floats, rows.floats).enumerated() {
      let bound = Double(rows.scales[index / columns]) / 2 * (1 + 0x1p-15)
      #expect(abs(Double(float) - Double(found)) <= bound, "\(index): \(float), \(found)")
    }
    let again = QuantizedRows(rows.floats, columns: columns)
    #expect(again.codes == rows.codes, "what is rounded stays as it is")
  }

  @Test func `of eight bits are whole numbers to the even one of two`() {
    let rows = QuantizedRows([127, 0.5, 1.5, 2.5, -0.5, -1.5, -127, 126.4], columns: 8)
    #expect(rows.scales == [1])
    #expect(rows.codes.map { Int8(bitPattern: $0) } == [127, 0, 2, 2, 0, -2, -127, 126])
    #expect(
      try! stored([1, -1, 0, 0, 0.5, 0.25], .int8) == [1, -1, 0, 0, 0.5, Float(64) * (0.5 / 127)])
  }

  @Test func `leave small tensors and vectors alone`() {
    #expect(WeightPrecision.int8.covers([16, 16]) && WeightPrecision.f16.covers([1, 256]))
    #expect(!WeightPrecision.int8.covers([15, 17]) && !WeightPrecision.bf16.covers([4096]))
    #expect(!WeightPrecision.f32.covers([64, 64]))
  }
}
