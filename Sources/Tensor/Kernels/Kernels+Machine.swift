internal import CDragomanKernels

/// What the machine can do at most, measured: the yardstick of benchmarks.
extension Kernels {
  /// Processors that this process may use.
  package static var cores: Int { Int(dragoman_processors()) }

  /// Which these are: equal bytes, the same processors of a machine; empty where that cannot be told.
  package static var processorMask: [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: 128) { buffer, count in
      unsafe count = dragoman_processor_mask(buffer.baseAddress, 128)
    }
  }

  /// Floating-point operations per second of fused multiply-adds on all threads at once: the best of several short
  /// runs.
  package func measurePeak() -> Double {
    let rounds = 1_000_000
    let sink = Matrix(rows: 1, columns: threads)
    var operations = 0.0
    let seconds = Self.fastest {
      operations = unsafe dragoman_peak(engine, rounds, sink.pointer)
    }
    return operations / seconds
  }

  /// Bytes per second read from memory by all threads at once, from a block larger than the caches.
  package func measureBandwidth() -> Double {
    let block = Matrix(rows: 1 << 10, columns: 1 << 16)
    let sink = Matrix(rows: 1, columns: block.rows)
    return Double(4 * block.count)
      / Self.fastest { unsafe dragoman_read_all(engine, block.view, sink.pointer) }
  }

  /// Seconds of the fastest of nine runs.
  private static func fastest(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    let times = (0..<9).map { _ in
      let time = clock.measure(body)
      return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    }
    return times.min() ?? .infinity
  }
}
